/**
 * Fresh's middlewares `csrf()` and `csp()`, done by Hono's, and the way in which `App.use` takes any of Hono's.
 *
 * @module
 */

import { Hono, type MiddlewareHandler } from "hono";
import { csrf as honoCsrf } from "hono/csrf";
import { HTTPException } from "hono/http-exception";
import { NONCE, secureHeaders } from "hono/secure-headers";
import { type Context, HttpError, internal, type Middleware } from "./define.ts";

/**
 * Runs one of Hono's middlewares in an app of its own, around the rest of the way. So it sees a context with no
 * response in it, and headers of an answer that a later middleware replaced cannot come back.
 */
export function fromHono<State>(middleware: MiddlewareHandler | Middleware<State>): Middleware<State> {
  const hono = new Hono<{ Bindings: { ctx: Context<State> }; Variables: { secureHeadersNonce?: string } }>();
  hono.use(middleware as MiddlewareHandler);
  hono.all("*", (c) => {
    const { ctx } = c.env;
    ctx[internal].nonce = c.get("secureHeadersNonce") ?? ctx[internal].nonce;
    return ctx.next();
  });
  hono.onError((error) => {
    throw error instanceof HTTPException
      ? new HttpError(error.status, error.message, { cause: error })
      : error;
  });
  return async (ctx) => {
    const { req } = ctx;
    // To HEAD, Hono would drop the body without cancelling it; App does that.
    return await hono.fetch(req.method === "HEAD" ? new Request(req, { method: "GET" }) : req, { ctx });
  };
}

export interface CsrfOptions {
  /** Other origins that may send forms; the request's own always may. */
  origin?: string | string[];
}

/** Refuses a form that another site sent, with 403. */
export function csrf<State>({ origin = [] }: CsrfOptions = {}): Middleware<State> {
  const allowed = [origin].flat();
  return fromHono(
    honoCsrf({ origin: (from, c) => from === new URL(c.req.url).origin || allowed.includes(from) }),
  );
}

export interface CSPOptions {
  reportOnly?: boolean;
  /** Directives that replace those of one name, or are added. */
  csp?: string[];
  /** Puts a nonce in the place of `'unsafe-inline'`, and on every `<script>` and `<style>` of the page. */
  useNonce?: boolean;
}

/** Fresh's policy without what weakens it: no inline script, and no upgrade of a plain loopback address. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

const OFF = Object.fromEntries(
  "crossOriginResourcePolicy crossOriginOpenerPolicy originAgentCluster referrerPolicy strictTransportSecurity xContentTypeOptions xDnsPrefetchControl xDownloadOptions xFrameOptions xPermittedCrossDomainPolicies xXssProtection removePoweredBy"
    .split(" ").map((name) => [name, false]),
);

export function csp<State>({ reportOnly, csp = [], useNonce }: CSPOptions = {}): Middleware<State> {
  const policy = new Map([...POLICY, ...csp].map((directive) => {
    const [name = "", ...values] = directive.trim().split(/\s+/);
    const key = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    return [key, values.map((value) => useNonce && value === "'unsafe-inline'" ? NONCE : value)];
  }));
  const name = reportOnly ? "contentSecurityPolicyReportOnly" : "contentSecurityPolicy";
  return fromHono(secureHeaders({ ...OFF, [name]: Object.fromEntries(policy) }));
}
