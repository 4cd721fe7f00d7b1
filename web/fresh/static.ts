/**
 * Static files and the build's scripts. What has its version in its address is kept for ever; the rest is asked for
 * again with its ETag. Texts are compressed once in the life of a program.
 *
 * @module
 */

import { COMPRESSIBLE_CONTENT_TYPE_REGEX as COMPRESSIBLE } from "hono/compress";
import { getMimeType } from "hono/utils/mime";
import type { Middleware } from "./define.ts";
import type { Call } from "./render.ts";

/** A script's name holds its hash, so any that is there is right, also one of an earlier build. */
const SCRIPT = /^\/_fresh\/js\/[\w.-]+-([A-Z0-9]{8})\.js$/;
const TAKES_GZIP = /\bgzip\b(?!\s*;\s*q=0\s*(,|$))/;

export function staticFiles<State>(): Middleware<State> {
  const packed = new Map<string, Uint8Array<ArrayBuffer>>();
  return async (ctx) => {
    const { build: { root, files, version }, url: { pathname, searchParams }, req } = ctx as Call<State>;
    const scriptHash = SCRIPT.exec(pathname)?.[1];
    const hash = scriptHash ?? (Object.hasOwn(files, pathname) ? files[pathname] : undefined);
    if (hash === undefined) return await ctx.next();
    if (req.method !== "GET" && req.method !== "HEAD") return new Response(null, { status: 405 });
    const asked = searchParams.get("__frsh_c");
    if (asked !== null && asked !== version) return ctx.redirect(pathname, 307);

    const isKept = asked !== null || scriptHash !== undefined;
    const type = getMimeType(pathname) ?? "application/octet-stream";
    const headers = new Headers({ "content-type": type, etag: `"${hash}"`, vary: "accept-encoding" });
    headers.set("cache-control", isKept ? "public, max-age=31536000, immutable" : "no-cache");
    const known = req.headers.get("if-none-match")?.split(/, */).map((tag) => tag.replace(/^W\//, ""));
    if (known?.includes(`"${hash}"`)) return new Response(null, { status: 304, headers });

    const isPacked = COMPRESSIBLE.test(type) && TAKES_GZIP.test(req.headers.get("accept-encoding") ?? "");
    const file = new URL(scriptHash === undefined ? `static${pathname}` : `.${pathname}`, root);
    const isHot = isPacked && packed.has(hash);
    const body = isHot ? packed.get(hash) : await readFile(file, isPacked);
    if (body === undefined) return await ctx.next();
    if (!isPacked) return new Response(body, { headers });
    packed.set(hash, body);
    headers.set("content-encoding", "gzip");
    headers.set("etag", `W/"${hash}"`);
    return new Response(body, { headers });
  };
}

/** Nothing, if the file is not there. */
async function readFile(file: URL, isPacked: boolean): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = await Deno.readFile(file).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  if (!bytes || !isPacked) return bytes ?? undefined;
  return await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"))).bytes();
}
