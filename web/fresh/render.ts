/**
 * A route's answer: its handler's response, or its page inside the layouts and `_app` around it.
 *
 * @module
 */

import { type AnyComponent, type Component, type FunctionComponent, h, type VNode } from "preact";
import { jsxTemplate } from "preact/jsx-runtime";
import { renderToString } from "preact-render-to-string";
import type { Build } from "./build.ts";
import { type Context, HttpError, type Method, type RouteHandler } from "./define.ts";
import { RenderedContext } from "./islands.ts";

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

/** @param around `_app`, then the layouts from the outermost to the innermost. */
export async function respond<State>(
  ctx: Call<State>,
  route: RouteModule<State>,
  around: (RouteComponent | undefined)[],
  status = 200,
): Promise<Response> {
  const component = route.default as RouteComponent | undefined;
  const handlers = route.handlers ?? route.handler, method = ctx.req.method as Method;
  const isRead = handlers === undefined || method === "GET" || method === "HEAD";
  const byMethod = typeof handlers === "object"
    ? handlers[method] ?? (isRead ? handlers.GET : undefined)
    : undefined;
  const handle = typeof handlers === "function" ? handlers : byMethod;
  const answer = handle === undefined && isRead ? { data: undefined } : await handle?.(ctx);
  if (answer instanceof Response) return answer;
  if (answer === undefined || component === undefined) throw new HttpError(404);

  const [app = BareDocument, ...layouts] = around;
  let node = await toNode(ctx, component, answer.data, () => null);
  for (const layout of layouts.toReversed()) {
    const child = node;
    if (!(child instanceof Response)) node = await toNode(ctx, layout!, undefined, () => child);
  }
  if (node instanceof Response) return node;
  // The page is written before its document, so that `<head>` knows what the page wants there.
  const { build, nonce } = ctx, preloaded = new Set<string>();
  const rendered = { build, nonce, preloaded, head: [], islands: [], props: [], slots: [] };
  const write = (children: VNode | null) =>
    renderToString(h(RenderedContext.Provider, { value: rendered, children }));
  const html = write(node);
  const document = await toNode(ctx, app, undefined, () => jsxTemplate([html]) as VNode);
  if (document instanceof Response) return document;
  const headers = new Headers(answer.headers);
  headers.set("content-type", "text/html; charset=utf-8");
  return new Response(`<!DOCTYPE html>${write(document)}`, { status: answer.status ?? status, headers });
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

function BareDocument({ Component }: { Component: FunctionComponent }): VNode {
  const head = h("head", null, h("meta", { charset: "utf-8" }));
  return h("html", null, head, h("body", null, h(Component, null)));
}
