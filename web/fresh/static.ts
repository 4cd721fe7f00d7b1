/**
 * Static files and the build's scripts. What has its version in its address is kept for ever; the rest is asked for
 * again with its ETag.
 *
 * @module
 */

import { getMimeType } from "hono/utils/mime";
import type { Middleware } from "./define.ts";
import type { Call } from "./render.ts";

/** A script's name holds its hash, so any that is there is right, also one of an earlier build. */
const SCRIPT = /^\/_fresh\/js\/([\w.-]+-([A-Z0-9]{8})\.js)$/;

export function staticFiles<State>(): Middleware<State> {
  return async (ctx) => {
    const { build: { root, files, version }, url, req } = ctx as Call<State>;
    const path = url.pathname;
    const [, script, scriptHash] = SCRIPT.exec(path) ?? [];
    const hash = scriptHash ?? (Object.hasOwn(files, path) ? files[path] : undefined);
    if (hash === undefined) return await ctx.next();
    if (req.method !== "GET" && req.method !== "HEAD") return new Response(null, { status: 405 });
    const asked = url.searchParams.get("__frsh_c");
    if (asked !== null && asked !== version) return ctx.redirect(url.pathname, 307);

    const isKept = asked !== null || script !== undefined;
    const headers = new Headers({
      "cache-control": isKept ? "public, max-age=31536000, immutable" : "no-cache",
      "content-type": getMimeType(path) ?? "application/octet-stream",
      etag: `"${hash}"`,
    });
    const known = req.headers.get("if-none-match")?.split(/, */).map((tag) => tag.replace(/^W\//, ""));
    if (known?.includes(`"${hash}"`)) return new Response(null, { status: 304, headers });
    const file = new URL(script === undefined ? `static${path}` : `_fresh/js/${script}`, root);
    const body = await Deno.readFile(file).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
    return body === undefined ? await ctx.next() : new Response(body, { headers });
  };
}
