/**
 * Tells a path that does not know a method from a path that is not there: 405 with the methods that it knows.
 *
 * @module
 */

import type { Context, Hono } from "hono";
import { toProblemResponse } from "./problem.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Null: the path is not there. */
export function toMethodResponse(api: Hono, { req }: Context): Response | null {
  const known = METHODS.filter((method) => api.router.match(method, req.path)[0].length > 0);
  if (known.length === 0) return null;
  const allow = known.flatMap((method) => method === "GET" ? ["GET", "HEAD"] : [method]).join(", ");
  const detail = `${req.path} does not know ${req.method}, it knows ${allow}.`;
  const response = toProblemResponse({ status: 405, title: "Method not allowed", detail });
  response.headers.set("allow", allow);
  return response;
}
