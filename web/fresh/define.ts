/**
 * What routes are written with: the request's context, `page()`, `HttpError` and `createDefine()`.
 * Names and meaning are those of Fresh 2.3; what Fresh has beyond them does not exist here.
 *
 * @module
 */

import type { AnyComponent, FunctionComponent } from "preact";
import type { Build } from "./build.ts";

export type Method = "HEAD" | "GET" | "POST" | "PATCH" | "PUT" | "DELETE" | "OPTIONS";

/** Thrown to answer with a status: the nearest `_404` or `_error` renders it, else its message is the body. */
export class HttpError extends Error {
  override readonly name = "HttpError";

  constructor(readonly status: number, message?: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/** What the runtime keeps with a request; not for routes. */
export const internal = Symbol("internal");

/** One request on its way through middlewares to its route. */
export class Context<State> {
  readonly state: State = {} as State;
  /** What a middleware or route threw, for `_error` and `_404`. */
  error: unknown = null;
  next: () => Promise<Response> = () => Promise.reject(new HttpError(404));
  readonly [internal]: { build: Build; nonce?: string | undefined };

  constructor(
    build: Build,
    readonly req: Request,
    readonly url: URL,
    readonly info: Deno.ServeHandlerInfo,
    readonly route: string | null,
    readonly params: Record<string, string>,
  ) {
    this[internal] = { build };
  }

  /** A path stays on this site: its slashes are folded, since browsers read `//host` and `/\host` as a host. */
  redirect(pathOrUrl: string, status = 302): Response {
    const [, path = "", rest = ""] = /^([^?#]*)(.*)$/s.exec(pathOrUrl.replace(/[\0-\x20]/g, "")) ?? [];
    const location = (/^[/\\]/.test(path) ? path.replace(/[/\\]+/g, "/") : path) + rest;
    return new Response(null, { status, headers: { location } });
  }
}

export type Middleware<State> = (ctx: Context<State>) => Response | Promise<Response>;

export type PageProps<Data = unknown, State = unknown> =
  & Pick<Context<State>, "req" | "url" | "info" | "route" | "params" | "state" | "error">
  & { data: Data; Component: FunctionComponent };

export interface PageResponse<Data> {
  data: Data;
  headers?: HeadersInit | undefined;
  status?: number | undefined;
}

/** A handler's answer that is rendered by the page beside it. */
export function page(): PageResponse<undefined>;
export function page<T>(data: T, options?: Omit<PageResponse<T>, "data">): PageResponse<T>;
export function page<T>(data?: T, options?: Omit<PageResponse<T>, "data">): PageResponse<T | undefined> {
  return { ...options, data };
}

export type HandlerFn<Data, State> = (
  ctx: Context<State>,
) => Response | PageResponse<Data> | Promise<Response | PageResponse<Data>>;
export type HandlerByMethod<Data, State> = { [M in Method]?: HandlerFn<Data, State> };
export type RouteHandler<Data, State> = HandlerFn<Data, State> | HandlerByMethod<Data, State>;

export interface Define<State> {
  handlers<Data, Handlers extends RouteHandler<Data, State> = RouteHandler<Data, State>>(
    handlers: Handlers,
  ): typeof handlers;
  page<
    // deno-lint-ignore no-explicit-any -- `any` lets a handler of every Data be named here.
    Handler extends RouteHandler<any, State> = never,
    Data = Handler extends HandlerFn<infer D, State> ? D
      : Handler extends HandlerByMethod<infer D, State> ? D
      : never,
  >(render: AnyComponent<PageProps<Data, State>>): typeof render;
  layout(render: AnyComponent<PageProps<unknown, State>>): typeof render;
  middleware<M extends Middleware<State> | Middleware<State>[]>(middleware: M): typeof middleware;
}

/** Gives routes their types; every function returns what it was given. */
export function createDefine<State>(): Define<State> {
  return {
    handlers: (handlers) => handlers,
    page: (render) => render,
    layout: (render) => render,
    middleware: (middleware) => middleware,
  };
}
