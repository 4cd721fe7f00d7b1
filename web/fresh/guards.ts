/**
 * Fresh's `csrf()` and `csp()`, done by Hono's, and the way in which `App.use` takes any middleware of Hono's.
 *
 * @module
 */

import { Hono, type MiddlewareHandler } from "hono";
import { csrf as honoCsrf } from "hono/csrf";
import { HTTPException } from "hono/http-exception";
import { NONCE, secureHeaders } from "hono/secure-headers";
import { type ErrorStatus, HttpError, type Middleware } from "./define.ts";
import type { Call } from "./render.ts";

/**
 * Runs one of Hono's middlewares in an app of its own, around the rest of the way: so it sees no response but the one
 * it waits for, and the headers of an answer that was replaced cannot come back.
 */
export function fromHono<State>(middleware: MiddlewareHandler | Middleware<State>): Middleware<State> {
  const hono = new Hono<{ Bindings: { ctx: Call<State> }; Variables: { secureHeadersNonce?: string } }>();
  hono.use(middleware as MiddlewareHandler);
  hono.all("*", (c) => {
    const { ctx } = c.env;
    ctx.nonce = c.get("secureHeadersNonce") ?? ctx.nonce;
    return ctx.next();
  });
  hono.onError((error) => {
    if (!(error instanceof HTTPException)) throw error;
    throw new HttpError(error.status as ErrorStatus, error.message, { cause: error });
  });
  return async (ctx) => {
    // To HEAD, Hono would drop the body without cancelling it; App does that.
    const req = ctx.req.method === "HEAD" ? new Request(ctx.req, { method: "GET" }) : ctx.req;
    return await hono.fetch(req, { ctx: ctx as Call<State> });
  };
}

/** Origins beside the request's own that may send forms. */
export type CsrfOptions = { origin?: string | string[] };

/** Refuses a form that another site sent, with 403. */
export function csrf<State>({ origin = [] }: CsrfOptions = {}): Middleware<State> {
  const others = [origin].flat();
  return fromHono(honoCsrf({ origin: (from, c) => [new URL(c.req.url).origin, ...others].includes(from) }));
}

export interface CSPOptions {
  reportOnly?: boolean;
  /** Directives that replace those of one name, or are added. */
  csp?: string[];
  /** Puts a nonce in the place of `'unsafe-inline'`, and on every `<script>` and `<style>` of the page. */
  useNonce?: boolean;
}

/** Fresh's policy without its inline scripts and its upgrade to https, which breaks plain http on a local network. */
const POLICY = [
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:",
  "media-src 'self' data: blob:; worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'self'",
  "form-action 'self'; frame-ancestors 'none'",
];
/** Hono's middleware sets more than the policy; Fresh's does not. */
const REST = ["crossOriginResourcePolicy", "crossOriginOpenerPolicy", "originAgentCluster", "referrerPolicy"]
  .concat("strictTransportSecurity", "xContentTypeOptions", "xDnsPrefetchControl", "xDownloadOptions")
  .concat("xFrameOptions", "xPermittedCrossDomainPolicies", "xXssProtection", "removePoweredBy");

export function csp<State>({ reportOnly, csp = [], useNonce }: CSPOptions = {}): Middleware<State> {
  const directives = [...POLICY.flatMap((line) => line.split("; ")), ...csp].map((directive) => {
    const [name = "", ...values] = directive.trim().split(/\s+/);
    const key = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    return [key, values.map((value) => useNonce && value === "'unsafe-inline'" ? NONCE : value)];
  });
  const header = reportOnly ? "contentSecurityPolicyReportOnly" : "contentSecurityPolicy";
  const off = Object.fromEntries(REST.map((name) => [name, false]));
  return fromHono(secureHeaders({ ...off, [header]: Object.fromEntries(directives) }));
}
