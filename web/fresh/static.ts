/**
 * Static files and the build's scripts. What has its version in its address is kept for ever; the rest is asked for
 * again with its ETag.
 *
 * @module
 */

import { every } from "hono/combine";
import { compress } from "hono/compress";
import { etag } from "hono/etag";
import { getMimeType } from "hono/utils/mime";
import type { Middleware } from "./define.ts";
import { fromHono } from "./guards.ts";
import type { Call } from "./render.ts";

/** A script's name holds its hash, so any that is there is right, also one of an earlier build. */
const SCRIPT = /^\/_fresh\/js\/[\w.-]+-([A-Z0-9]{8})\.js$/;

export function staticFiles<State>(): Middleware<State> {
  const dress = fromHono<State>(every(compress({ encoding: "gzip" }), etag()));
  return async (ctx) => {
    const { build: { root, files, version }, url: { pathname, searchParams }, req } = ctx as Call<State>;
    const scriptHash = SCRIPT.exec(pathname)?.[1];
    const hash = scriptHash ?? (Object.hasOwn(files, pathname) ? files[pathname] : undefined);
    if (hash === undefined) return await ctx.next();
    if (req.method !== "GET" && req.method !== "HEAD") return new Response(null, { status: 405 });
    const asked = searchParams.get("__frsh_c");
    if (asked !== null && asked !== version) return ctx.redirect(pathname, 307);

    const file = new URL(scriptHash === undefined ? `static${pathname}` : `.${pathname}`, root);
    const bytes = await Deno.readFile(file).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
    if (!bytes) return await ctx.next();
    const isKept = asked !== null || scriptHash !== undefined;
    const headers = {
      "cache-control": isKept ? "public, max-age=31536000, immutable" : "no-cache",
      "content-type": getMimeType(pathname) ?? "application/octet-stream",
      "etag": `"${hash}"`,
      "vary": "accept-encoding",
    };
    return await dress({ ...ctx, next: () => Promise.resolve(new Response(bytes, { headers })) });
  };
}
