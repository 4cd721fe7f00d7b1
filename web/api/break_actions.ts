/**
 * What a user does to a break. The rules are in the database's `change_break`, which the consumer calls too; here a
 * request becomes a call, and a refusal an answer that says why.
 *
 * @module
 */

import { z } from "zod";
import type { BreakAction, BreakStory, Store } from "../store.ts";
import { NAME, readActor, refuseRemote } from "./actor.ts";
import { readBody } from "./body.ts";
import { toProblemResponse } from "./problem.ts";

/** Actions of the API as the path spells them. */
export const ACTIONS = [
  "assign",
  "comment",
  "review",
  "resolve",
  "write-off",
  "force-match",
  "approve",
  "reject",
  "reopen",
] as const;

const TEXT_LENGTH_MAX = 4_000;
const BODY_BYTES_MAX = 32 * 1024;

/** What an action may say besides which breaks it is about. */
export const DETAILS = {
  text: z.string().max(TEXT_LENGTH_MAX).refine((value) => !value.includes("\0"), "holds a NUL").optional(),
  owner: NAME.optional(),
  rootCause: NAME.optional(),
  responsible: z.enum(["us", "broker", "custodian", "venue"]).optional(),
};
export const VERSION = z.int().min(0);
const BODY = z.strictObject({ version: VERSION, ...DETAILS });

/** `POST /api/v1/breaks/{id}/{action}`: the break as it is afterwards, or a problem. */
export async function toActionResponse(
  store: Store,
  { request, id, action, host }: { request: Request; id: string; action: string; host: string },
): Promise<Response> {
  const remote = refuseRemote(host);
  if (remote) return remote;
  const actor = readActor(request);
  const body = await readBody(request, BODY, { bytesMax: BODY_BYTES_MAX, example: '{"version": N}' });
  const call = { ...toCall(action, actor, body), id, version: body.version };
  let done: BreakStory | null = null;
  const refusal = await findRefusal(async () => {
    done = await store.actOnBreak(call);
  });
  if (refusal === null) return Response.json(done, { headers: { "cache-control": "no-store" } });
  const now = await store.break(id);
  return toProblemResponse({ ...refusal, ...(now ? { break: now } : {}) });
}

type Details = z.output<z.ZodObject<typeof DETAILS>>;

/** An action without the break it is about. */
export function toCall(
  action: string,
  actor: string,
  { text, owner, rootCause, responsible }: Details,
): Omit<BreakAction, "id" | "version"> {
  return { action, actor, text: text || null, details: { owner, root_cause: rootCause, responsible } };
}

export interface Refusal {
  readonly status: number;
  readonly title: string;
  readonly code: string;
  readonly detail: string;
}

/** Does it; null: it is done. What is no refusal of `change_break` is thrown. */
export async function findRefusal(change: () => Promise<void>): Promise<Refusal | null> {
  try {
    await change();
    return null;
  } catch (error) {
    const refusal = REFUSALS[(error as { code?: string }).code ?? ""];
    if (refusal === undefined) throw error;
    return { ...refusal, detail: `${upperFirst((error as Error).message)}.` };
  }
}

/** SQLSTATEs of `change_break`. */
const REFUSALS: Readonly<Record<string, { status: number; title: string; code: string }>> = {
  P0002: { status: 404, title: "Not found", code: "no_break" },
  BW403: { status: 403, title: "A second person is needed", code: "four_eyes" },
  BW409: { status: 409, title: "Changed in the meantime", code: "version" },
  BW422: { status: 422, title: "Not possible", code: "not_possible" },
};

/** `GET /api/v1/breaks/{id}` */
export async function loadStory(store: Store, id: string): Promise<BreakStory | null> {
  return isBreakId(id) ? await store.break(id) : null;
}

export function isBreakId(text: string): boolean {
  return /^\d{1,18}$/.test(text);
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
