/**
 * A route's answer: its handler's response, or its page inside the layouts and `_app` around it.
 *
 * @module
 */

import { type AnyComponent, type Component, type FunctionComponent, h, type VNode } from "preact";
import type { Build } from "./build.ts";
import { type Context, HttpError, type Method, page, type RouteHandler } from "./define.ts";
import { writeDocument } from "./islands.ts";

/** A context as the runtime sees it. */
export interface Call<State> extends Context<State> {
  readonly build: Build;
  error: unknown;
  /** Of the policy that a middleware set, for inline scripts and styles. */
  nonce?: string | undefined;
}

type AsyncComponent = (props: object) => Promise<VNode | Response | null>;
export type RouteComponent = ((props: never) => unknown) | (new (props: never) => Component);

/** What a file of `routes/` may export; Fresh's `config` and `css` do not exist here. */
export interface RouteModule<State = never> {
  default?: RouteComponent | unknown[];
  handler?: RouteHandler<unknown, State>;
  handlers?: RouteHandler<unknown, State>;
  config?: never;
  css?: never;
}

/** @param around The layouts from the innermost to the outermost, then `_app` if there is one. */
export async function respond<State>(
  ctx: Call<State>,
  route: RouteModule<State>,
  around: RouteComponent[],
  status = 200,
): Promise<Response> {
  const method = ctx.req.method as Method, empty = () => page();
  const handlers = route.handlers ?? route.handler ?? empty;
  const byMethod = typeof handlers === "function" ? { [method]: handlers } : handlers;
  const read = method === "GET" || method === "HEAD" ? byMethod.GET ?? empty : undefined;
  const handle = byMethod[method] ?? read;
  const answer = await handle?.(ctx);
  if (answer instanceof Response) return answer;
  if (answer === undefined || route.default === undefined) throw new HttpError(404);

  let node: VNode | null = null, { data } = answer;
  for (const component of [route.default as RouteComponent, ...around]) {
    const child = node, props = { ...ctx, data, Component: () => child };
    // An async component is awaited here, since the render cannot; it may answer with a response.
    const isAsync = component.constructor.name === "AsyncFunction", make = component as AsyncComponent;
    const made = isAsync ? await make(props) : h(component as AnyComponent<object>, props);
    if (made instanceof Response) return made;
    node = made;
    data = undefined;
  }
  const headers = new Headers(answer.headers);
  headers.set("content-type", "text/html; charset=utf-8");
  const html = `<!DOCTYPE html>${writeDocument(node, ctx.build, ctx.nonce)}`;
  return new Response(html, { status: answer.status ?? status, headers });
}

/** Stands in for an `_app`. */
export function BareDocument({ Component }: { Component: FunctionComponent }): VNode {
  const head = h("head", null, h("meta", { charset: "utf-8" }));
  return h("html", null, head, h("body", null, h(Component, null)));
}
