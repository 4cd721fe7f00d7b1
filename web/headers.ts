/**
 * Headers that every answer carries: what a browser must not do with it.
 *
 * @module
 */

import type { Middleware } from "fresh";

const HEADERS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
};

export function secureHeaders<State>(): Middleware<State> {
  return async (ctx) => {
    const response = await ctx.next();
    for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value);
    return response;
  };
}
