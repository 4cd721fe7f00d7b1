/**
 * A route's answer: its handler's response, or its page inside the layouts and `_app` around it.
 *
 * @module
 */

import { type AnyComponent, type FunctionComponent, h, type VNode } from "preact";
import { jsxTemplate } from "preact/jsx-runtime";
import { renderToString } from "preact-render-to-string";
import {
  Context,
  HttpError,
  internal,
  type Method,
  type PageProps,
  type PageResponse,
  type RouteHandler,
} from "./define.ts";
import { DocumentContext } from "./document.ts";
import { HeadContext } from "./head.ts";
import { Rendered, RenderedContext } from "./islands.ts";

export type RouteComponent<State> = AnyComponent<PageProps<never, State>>;

/** What a file of `routes/` may export; `config` and CSS imports of Fresh do not exist here. */
export interface RouteModule<State = never> {
  default?: RouteComponent<State> | unknown[];
  handler?: RouteHandler<unknown, State>;
  handlers?: RouteHandler<unknown, State>;
  config?: never;
}

/** What stands around a page: from the outermost layout to the innermost. */
export interface Frame<State> {
  app: RouteComponent<State> | undefined;
  layouts: RouteComponent<State>[];
}

type Node = VNode | Response | null;

export async function respond<State>(
  ctx: Context<State>,
  route: RouteModule<State>,
  frame: Frame<State>,
  status = 200,
): Promise<Response> {
  const handlers = route.handlers ?? route.handler;
  const component = route.default as RouteComponent<State> | undefined;
  const method = ctx.req.method as Method;
  let answer: PageResponse<unknown> = { data: undefined };
  if (handlers !== undefined) {
    const handle = typeof handlers === "function"
      ? handlers
      : handlers[method] ?? (method === "HEAD" ? handlers.GET : undefined);
    const pageAlone = handle === undefined && component !== undefined && /^(GET|HEAD)$/.test(method);
    if (handle === undefined && !pageAlone) throw new HttpError(404);
    const result = await handle?.(ctx);
    if (result instanceof Response) return result;
    if (result !== undefined) answer = result;
  }
  if (component === undefined) throw new HttpError(404);

  let node = await toNode(ctx, component, answer.data, () => null);
  for (const layout of frame.layouts.toReversed()) {
    if (node instanceof Response) return node;
    const child = node;
    node = await toNode(ctx, layout, undefined, () => child);
  }
  if (node instanceof Response) return node;
  const html = await renderDocument(ctx, node, frame.app ?? BareDocument);
  if (html instanceof Response) return html;
  const headers = new Headers(answer.headers);
  headers.set("content-type", "text/html; charset=utf-8");
  return new Response(html, { status: answer.status ?? status, headers });
}

/** The page is written before its document, so that `<head>` knows what the page wants there. */
async function renderDocument<State>(ctx: Context<State>, node: VNode | null, app: RouteComponent<State>) {
  const { build, nonce } = ctx[internal];
  const rendered = new Rendered();
  const state = { build, rendered, head: [], nonce, preloaded: new Set<string>() };
  const write = (vnode: VNode | null) =>
    renderToString(
      h(DocumentContext.Provider, {
        value: state,
        children: h(RenderedContext.Provider, {
          value: rendered,
          children: h(HeadContext.Provider, { value: state.head, children: vnode }),
        }),
      }),
    );
  const page = write(node);
  if (/^\s*<html[\s>]/i.test(page)) return `<!DOCTYPE html>${page}`;
  const document = await toNode(ctx, app, undefined, () => jsxTemplate([page]) as VNode);
  return document instanceof Response ? document : `<!DOCTYPE html>${write(document)}`;
}

/** An async component is awaited here, since a synchronous render cannot; it may answer with a response. */
async function toNode<State>(
  ctx: Context<State>,
  component: RouteComponent<State>,
  data: unknown,
  Component: FunctionComponent,
): Promise<Node> {
  const { req, url, info, route, params, state, error } = ctx;
  const props = { req, url, info, route, params, state, error, data, Component } as PageProps<never, State>;
  if (component.constructor.name !== "AsyncFunction") return h(component as AnyComponent<object>, props);
  return await (component as (props: object) => Promise<Node>)(props);
}

function BareDocument({ Component }: { Component: FunctionComponent }) {
  const head = h("head", null, h("meta", { charset: "utf-8" }));
  return h("html", null, head, h("body", null, h(Component, null)));
}
