/**
 * What a user does to a break. The rules are in the database's `change_break`, which the consumer calls too; here a
 * request becomes a call, and a refusal an answer that says why.
 *
 * @module
 */

import { z } from "zod";
import type { BreakAction, BreakStory, Store } from "../store.ts";
import { BadRequestError, toProblemResponse } from "./problem.ts";

/** Actions of the API as the path spells them. */
export const ACTIONS = ["assign", "comment", "review", "resolve", "write-off", "force-match"]
  .concat("approve", "reject", "reopen");

const TEXT_LENGTH_MAX = 4_000;
const NAME_LENGTH_MAX = 100;
const BODY_BYTES_MAX = 32 * 1024;

const noNul = (value: string) => !value.includes("\0");
const name = z.string().trim().min(1).max(NAME_LENGTH_MAX).refine(noNul, "holds a NUL");

const BODY = z.strictObject({
  version: z.int().min(0),
  text: z.string().max(TEXT_LENGTH_MAX).refine(noNul, "holds a NUL").optional(),
  owner: name.optional(),
  rootCause: name.optional(),
  responsible: z.enum(["us", "broker", "custodian", "venue"]).optional(),
});

const USER_HEADER = "x-breakwater-user";
const LOOPBACK = ["127.0.0.1", "::1", "localhost"];

/** `POST /api/v1/breaks/{id}/{action}`: the break as it is afterwards, or a problem. */
export async function toActionResponse(
  store: Store,
  { request, id, action, host }: { request: Request; id: string; action: string; host: string },
): Promise<Response> {
  if (!LOOPBACK.includes(host)) {
    const detail = `Users cannot be told apart yet, so breaks are worked on only where the web listens on ` +
      `loopback (WEB_HOST is ${host}).`;
    return toProblemResponse({ status: 403, title: "Not on loopback", detail });
  }
  const actor = readActor(request);
  const { version, text, owner, rootCause, responsible } = await readBody(request);
  const details = { owner, root_cause: rootCause, responsible };
  const call: BreakAction = { id, version, action, actor, text: text || null, details };
  try {
    return Response.json(await store.actOnBreak(call), { headers: { "cache-control": "no-store" } });
  } catch (error) {
    const refusal = REFUSALS[(error as { code?: string }).code ?? ""];
    if (refusal === undefined) throw error;
    const current = await store.break(id);
    const detail = `${upperFirst((error as Error).message)}.`;
    return toProblemResponse({ ...refusal, detail, ...(current ? { break: current } : {}) });
  }
}

/** SQLSTATEs of `change_break`. */
const REFUSALS: Readonly<Record<string, { status: number; title: string; code: string }>> = {
  P0002: { status: 404, title: "Not found", code: "no_break" },
  BW403: { status: 403, title: "A second person is needed", code: "four_eyes" },
  BW409: { status: 409, title: "Changed in the meantime", code: "version" },
  BW422: { status: 422, title: "Not possible", code: "not_possible" },
};

/** @throws {BadRequestError} If it is missing, or no name. */
function readActor(request: Request): string {
  const actor = name.safeParse(request.headers.get(USER_HEADER) ?? "");
  if (actor.success && actor.data !== "system") return actor.data;
  throw new BadRequestError("the header X-Breakwater-User must name who acts");
}

/** @throws {BadRequestError} */
async function readBody(request: Request): Promise<z.output<typeof BODY>> {
  const text = await request.text();
  if (text.length > BODY_BYTES_MAX) {
    throw new BadRequestError(`the body is larger than ${BODY_BYTES_MAX} bytes`);
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new BadRequestError('the body is no JSON; at least {"version": N} is needed');
  }
  const read = BODY.safeParse(body);
  if (read.success) return read.data;
  throw new BadRequestError(
    read.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("; "),
  );
}

/** `GET /api/v1/breaks/{id}` */
export async function loadStory(store: Store, id: string): Promise<BreakStory | null> {
  return /^\d{1,18}$/.test(id) ? await store.break(id) : null;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
