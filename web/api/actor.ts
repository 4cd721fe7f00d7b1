/**
 * Who asks. Until users can be told apart, the header `X-Breakwater-User` says it, and writes are taken only where the
 * web listens on loopback: whoever reaches it there may name any user.
 *
 * @module
 */

import { z } from "zod";
import { BadRequestError, toProblemResponse } from "./problem.ts";

const NAME_LENGTH_MAX = 100;
const LOOPBACK = ["127.0.0.1", "::1", "localhost"];
const USER_HEADER = "x-breakwater-user";

/** A user, a team, or another short name that a request carries. */
export const NAME = z.string().trim().min(1).max(NAME_LENGTH_MAX)
  .refine((value) => !value.includes("\0"), "holds a NUL");

/** The answer to a write that cannot be taken because of where the web listens; null: go on. */
export function refuseRemote(host: string): Response | null {
  if (LOOPBACK.includes(host)) return null;
  const detail =
    `Users cannot be told apart yet, so changes are made only where the web listens on loopback ` +
    `(WEB_HOST is ${host}).`;
  return toProblemResponse({ status: 403, title: "Not on loopback", detail });
}

/** @throws {BadRequestError} If the header is missing, or no name. */
export function readActor(request: Request): string {
  const actor = findActor(request);
  if (actor !== null) return actor;
  throw new BadRequestError("the header X-Breakwater-User must name who acts");
}

/** Null: the request does not say, or what it says is no user's name. */
export function findActor(request: Request): string | null {
  const actor = NAME.safeParse(request.headers.get(USER_HEADER) ?? "");
  return actor.success && actor.data.toLowerCase() !== "system" ? actor.data : null;
}
