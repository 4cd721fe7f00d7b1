/**
 * What islands and components may import as `fresh/runtime`, on the server and in the browser.
 *
 * @module
 */

import type { ComponentChildren } from "preact";

export { HttpError } from "./define.ts";

export const IS_BROWSER = typeof document !== "undefined";

/** Adds to the document's `<head>`, in the place of what has the same name. The server's render looks out for it. */
export function Head(_: { children?: ComponentChildren }): null {
  return null;
}

/** The version of the static files: the build writes it into scripts, the server sets it when it opens a build. */
declare const FRESH_VERSION: string | undefined;

/** The address of a static file with its version, under which it is cached for ever. */
export function asset(path: string): string {
  if (typeof FRESH_VERSION !== "string" || !/^\/(?!\/)/.test(path)) return path;
  const [, file, query, hash = ""] = /^([^?#]*)(\?[^#]*)?(#.*)?$/.exec(path) ?? [];
  return `${file}${query === undefined ? "?" : `${query}&`}__frsh_c=${FRESH_VERSION}${hash}`;
}
