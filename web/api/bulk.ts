/**
 * `POST /api/v1/breaks/bulk`: one action on many breaks. Each is a transaction of its own, so that one which somebody
 * else has changed stops no other, and nobody waits for locks of the whole lot.
 *
 * @module
 */

import { z } from "zod";
import type { BreakStory, Store } from "../store.ts";
import { readActor, refuseRemote } from "./actor.ts";
import { readBody } from "./body.ts";
import { act, ACTIONS, DETAILS, toCall, VERSION } from "./break_actions.ts";

/** Breaks in one request: a second or two of work. */
export const BULK_BREAKS_MAX = 500;
const BODY_BYTES_MAX = 128 * 1024;
const EXAMPLE = '{"action": "assign", "breaks": [{"id": 1, "version": 1}]}';

const BODY = z.strictObject({
  action: z.enum(ACTIONS),
  ...DETAILS,
  breaks: z.array(z.strictObject({ id: z.int().min(1), version: VERSION })).min(1).max(BULK_BREAKS_MAX)
    .refine((breaks) => new Set(breaks.map(({ id }) => id)).size === breaks.length, "names a break twice"),
});

/** What became of one break. */
interface Item {
  readonly id: number;
  /** As the action on this break alone would be answered. */
  readonly status: number;
  readonly title?: string;
  readonly code?: string;
  readonly detail?: string;
  /** How it is now; null: there is none. */
  readonly break: BreakStory | null;
}

export async function toBulkResponse(store: Store, request: Request, host: string): Promise<Response> {
  const remote = refuseRemote(host);
  if (remote) return remote;
  const actor = readActor(request);
  const { action, breaks, ...details } = await readBody(request, BODY, {
    bytesMax: BODY_BYTES_MAX,
    example: EXAMPLE,
  });
  const call = toCall(action, actor, details);
  const items = new Map<number, Item>();
  // By id, so that two bulks of the same breaks meet in the same order: the later one finds all of them changed.
  for (const { id, version } of breaks.toSorted((a, b) => a.id - b.id)) {
    const outcome = await act(store, { ...call, id: String(id), version });
    const { status, ...why } = outcome.refusal ?? { status: 200 };
    items.set(id, { id, status, ...why, break: outcome.break });
  }
  const inOrder = breaks.map(({ id }) => items.get(id)!);
  const done = inOrder.filter(({ status }) => status === 200).length;
  const answer = { action, done, refused: inOrder.length - done, items: inOrder };
  return Response.json(answer, { headers: { "cache-control": "no-store" } });
}
