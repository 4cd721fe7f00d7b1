/**
 * What routes are written with. Names and meaning are those of Fresh 2.3.
 *
 * @module
 */

import type { ClientErrorStatusCode, ServerErrorStatusCode } from "hono/utils/http-status";
import type { AnyComponent, FunctionComponent } from "preact";

export type Method = "HEAD" | "GET" | "POST" | "PATCH" | "PUT" | "DELETE" | "OPTIONS";

export type ErrorStatus = ClientErrorStatusCode | ServerErrorStatusCode;

/** Thrown to answer with a status: the nearest `_404` or `_error` renders it, else its message is the body. */
export class HttpError extends Error {
  override readonly name = "HttpError";

  constructor(readonly status: ErrorStatus, message?: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/** One request on its way through middlewares to its route. */
export interface Context<State> {
  readonly req: Request;
  readonly url: URL;
  readonly info: Deno.ServeHandlerInfo;
  /** The pattern that matched. */
  readonly route: string;
  readonly params: Record<string, string>;
  readonly state: State;
  /** What a middleware or route threw, for `_error` and `_404`. */
  readonly error: unknown;
  readonly next: () => Promise<Response>;
  /** A path stays on this site: its slashes are folded, since browsers read `//host` and `/\host` as a host. */
  redirect(pathOrUrl: string, status?: number): Response;
}

export type Middleware<State> = (ctx: Context<State>) => Response | Promise<Response>;

export type PageProps<Data = unknown, State = unknown> =
  & Omit<Context<State>, "next" | "redirect">
  & { data: Data; Component: FunctionComponent };

export type PageResponse<Data> = { data: Data } & PageOptions;
type PageOptions = { headers?: HeadersInit; status?: number };

/** A handler's answer that the page beside it renders. */
export function page(): PageResponse<undefined>;
export function page<T>(data: T, options?: PageOptions): PageResponse<T>;
export function page<T>(data?: T, options?: PageOptions): PageResponse<T | undefined> {
  return { ...options, data };
}

type Answer<Data> = Response | PageResponse<Data>;
export type HandlerFn<Data, State> = (ctx: Context<State>) => Answer<Data> | Promise<Answer<Data>>;
export type HandlerByMethod<Data, State> = { [M in Method]?: HandlerFn<Data, State> };
export type RouteHandler<Data, State> = HandlerFn<Data, State> | HandlerByMethod<Data, State>;

/** Gives routes their types; every function returns what it was given. */
export function createDefine<State>() {
  return {
    handlers: <D, H extends RouteHandler<D, State> = RouteHandler<D, State>>(handlers: H): H => handlers,
    // deno-lint-ignore no-explicit-any -- `any` lets a handler of whatever data be named here.
    page: <Handler extends RouteHandler<any, State> = never, Data = DataOf<Handler>>(
      render: AnyComponent<PageProps<Data, State>>,
    ) => render,
    layout: (render: AnyComponent<PageProps<unknown, State>>) => render,
    middleware: <M extends Middleware<State> | Middleware<State>[]>(middleware: M): M => middleware,
  };
}

type DataOf<H> = H extends RouteHandler<infer D, never> ? D : never;
