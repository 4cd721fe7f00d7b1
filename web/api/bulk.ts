/**
 * `POST /api/v1/breaks/bulk`: one action on many breaks. Each is a transaction of its own, so that one which somebody
 * else has changed stops no other, and nobody waits for locks of the whole lot.
 *
 * @module
 */

import { z } from "zod";
import type { BreakRow } from "../../shared/kpi/mod.ts";
import type { BreakAction, Store } from "../store.ts";
import { readActor, refuseRemote } from "./actor.ts";
import { readBody } from "./body.ts";
import { ACTIONS, DETAILS, findRefusal, type Refusal, toCall, VERSION } from "./break_actions.ts";

/** Breaks in one request: a second or two of work. */
export const BULK_BREAKS_MAX = 500;
const BODY_BYTES_MAX = 128 * 1024;
/** Breaks worked on at once: half of the process's connections. */
const LANES = 3;
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
  /** How it is now, without its history; null: there is none. */
  readonly break: BreakRow | null;
}

export async function toBulkResponse(store: Store, request: Request, host: string): Promise<Response> {
  const remote = refuseRemote(host);
  if (remote) return remote;
  const actor = readActor(request);
  const { action, breaks, ...details } = await readBody(request, BODY, {
    bytesMax: BODY_BYTES_MAX,
    example: EXAMPLE,
  });
  const refusals = await actOnAll(store, toCall(action, actor, details), breaks);
  const rows = await store.breaksById(breaks.map(({ id }) => String(id)), BULK_BREAKS_MAX);
  const now = new Map(rows.map((row) => [row.id, row]));
  const items = breaks.map(({ id }): Item => {
    const { status, ...why } = refusals.get(id) ?? { status: 200 };
    return { id, status, ...why, break: now.get(id) ?? null };
  });
  const answer = { action, done: items.length - refusals.size, refused: refusals.size, items };
  return Response.json(answer, { headers: { "cache-control": "no-store" } });
}

/** @returns Why, for each break that was refused. */
async function actOnAll(
  store: Store,
  call: Omit<BreakAction, "id" | "version">,
  breaks: readonly { readonly id: number; readonly version: number }[],
): Promise<Map<number, Refusal>> {
  const refusals = new Map<number, Refusal>();
  const queue = breaks.toSorted((a, b) => a.id - b.id).values();
  const runLane = async () => {
    // Lanes share the queue: each break is taken once.
    for (const { id, version } of queue) {
      const refusal = await findRefusal(() => store.changeBreak({ ...call, id: String(id), version }));
      if (refusal !== null) refusals.set(id, refusal);
    }
  };
  await Promise.all(Array.from({ length: LANES }, runLane));
  return refusals;
}
