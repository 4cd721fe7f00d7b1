/**
 * Fresh 2's API over Hono and Preact: all of it that exists here. README.md beside this file says what does not.
 *
 * @module
 */

export { App, type ListenOptions } from "./app.ts";
export * from "./define.ts";
export { csp, type CSPOptions, csrf, type CsrfOptions } from "./guards.ts";
export { staticFiles } from "./static.ts";
