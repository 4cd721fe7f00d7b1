/**
 * Addresses of static files that carry their version, so that a browser may keep them for ever.
 *
 * @module
 */

/** Written into the browser's scripts by the build; the server learns it from the build it serves. */
declare const FRESH_ASSETS: string | undefined;
let version = typeof FRESH_ASSETS === "string" ? FRESH_ASSETS : "";

/** The query key whose value is the version of the static files. */
export const VERSION_KEY = "__frsh_c";

export function setVersion(text: string): void {
  version = text;
}

/** Adds the version to a root-relative path; leaves any other address alone. */
export function asset(path: string): string {
  if (!/^\/(?!\/)/.test(path) || version === "") return path;
  const [, file, query, hash = ""] = /^([^?#]*)(\?[^#]*)?(#.*)?$/.exec(path) ?? [];
  return `${file}${query === undefined ? "?" : `${query}&`}${VERSION_KEY}=${version}${hash}`;
}
