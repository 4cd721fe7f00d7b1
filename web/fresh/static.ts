/**
 * Static files and the build's scripts. What carries its version in its address is kept for ever; the rest is
 * asked for again with its ETag.
 *
 * @module
 */

import { getMimeType } from "hono/utils/mime";
import { VERSION_KEY } from "./asset.ts";
import { type Context, internal, type Middleware } from "./define.ts";

const FOR_EVER = "public, max-age=31536000, immutable";
/** A script's name holds its hash, so any that is there is right, also one of the build before. */
const SCRIPT = /^\/_fresh\/js\/([\w.-]+-([A-Z0-9]{8})\.js)$/;

export function staticFiles<State>(): Middleware<State> {
  return async (ctx) => {
    const { root, files, version } = ctx[internal].build;
    const path = decode(ctx.url.pathname);
    const script = SCRIPT.exec(path);
    const hash = script?.[2] ?? (Object.hasOwn(files, path) ? files[path] : undefined);
    if (hash === undefined) return await ctx.next();
    if (!/^(GET|HEAD)$/.test(ctx.req.method)) return new Response("Method not allowed", { status: 405 });

    const asked = ctx.url.searchParams.get(VERSION_KEY);
    if (asked !== null && asked !== version) {
      ctx.url.searchParams.delete(VERSION_KEY);
      return new Response(null, { status: 307, headers: { location: ctx.url.pathname + ctx.url.search } });
    }
    return await serve(
      ctx,
      new URL(script ? `_fresh/js/${script[1]}` : `static${encodeURI(path)}`, root),
      hash,
    );
  };
}

async function serve<State>(ctx: Context<State>, file: URL, hash: string): Promise<Response> {
  const { dev } = ctx[internal].build;
  const isVersioned = ctx.url.searchParams.has(VERSION_KEY) || file.pathname.includes("/_fresh/js/");
  const headers = new Headers({
    "content-type": getMimeType(file.pathname) ?? "application/octet-stream",
    "cache-control": dev ? "no-store" : isVersioned ? FOR_EVER : "no-cache",
    etag: `"${hash}"`,
  });
  const known = ctx.req.headers.get("if-none-match")?.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  if (!dev && known?.includes(`"${hash}"`)) return new Response(null, { status: 304, headers });
  try {
    return new Response(await Deno.readFile(file), { headers });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return await ctx.next();
    throw error;
  }
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // No file has a name that is not UTF-8.
  }
}
