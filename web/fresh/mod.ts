/**
 * Fresh 2's API over Hono and Preact: all of it that exists here. See README.md beside this file.
 *
 * @module
 */

export { App, type ListenOptions } from "./app.ts";
export {
  type Context,
  createDefine,
  type Define,
  type HandlerByMethod,
  type HandlerFn,
  HttpError,
  type Method,
  type Middleware,
  page,
  type PageProps,
  type PageResponse,
  type RouteHandler,
} from "./define.ts";
export { csp, type CSPOptions, csrf, type CsrfOptions } from "./guards.ts";
export { staticFiles } from "./static.ts";
