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
  next: () => Promise<Response>;
  /** Of the policy that a middleware set, for inline scripts and styles. */
  nonce?: string | undefined;
}

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

  let node = await toNode(ctx, route.default as RouteComponent, answer.data, () => null);
  for (const component of around) {
    if (node instanceof Response) break;
    const child = node;
    node = await toNode(ctx, component, undefined, () => child);
  }
  if (node instanceof Response) return node;
  const headers = new Headers(answer.headers);
  headers.set("content-type", "text/html; charset=utf-8");
  const html = `<!DOCTYPE html>${writeDocument(node, ctx.build, ctx.nonce)}`;
  return new Response(html, { status: answer.status ?? status, headers });
}

/** An async component is awaited here, since the render cannot; it may answer with a response. */
async function toNode<State>(
  ctx: Call<State>,
  component: RouteComponent,
  data: unknown,
  Component: FunctionComponent,
): Promise<VNode | Response | null> {
  const { req, url, info, route, params, state, error } = ctx;
  const props = { req, url, info, route, params, state, error, data, Component };
  if (component.constructor.name !== "AsyncFunction") return h(component as AnyComponent<object>, props);
  return await (component as (props: object) => Promise<VNode | Response | null>)(props);
}

/** Stands in for an `_app`. */
export function BareDocument({ Component }: { Component: FunctionComponent }): VNode {
  const head = h("head", null, h("meta", { charset: "utf-8" }));
  return h("html", null, head, h("body", null, h(Component, null)));
}
