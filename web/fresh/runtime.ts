/**
 * What islands and components may import as `fresh/runtime`, on the server and in the browser.
 *
 * @module
 */

export { asset } from "./asset.ts";
export { HttpError } from "./define.ts";
export { Head } from "./head.ts";

export const IS_BROWSER = typeof document !== "undefined";
