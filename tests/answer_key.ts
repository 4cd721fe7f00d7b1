/**
 * The producer's answer key beside what the consumer found.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Database } from "../shared/platform/postgres.ts";

/** A line of `produce --truth`. */
export interface Fault {
  readonly execId: string;
  readonly tradeId: string | null;
  readonly type: string;
  readonly field: string | null;
  readonly book: string | null;
  readonly street: string | null;
}

export async function readAnswerKey(file: string): Promise<Fault[]> {
  const lines = (await Deno.readTextFile(file)).split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line));
}

/** Holds the open breaks against the key as sets of (exec_id, type), and the values of those that differ. */
export async function assertBreaksAre(key: readonly Fault[], database: Database): Promise<void> {
  const found = await database.query<{ execId: string; type: string }>(
    `select exec_id as "execId", type from breaks where status not in ('resolved', 'written_off')`,
  );
  assertSameSet(found.map(toLine), key.map(toLine));

  const priced = key.filter(({ type }) => type === "price" || type === "quantity");
  const wrong = await database.query(
    `select k.*, b.book as found_book, b.street as found_street
      from json_to_recordset($1) as k("execId" text, "tradeId" text, type text, book numeric, street numeric)
      join breaks b on b.exec_id = k."execId" and b.type = k.type
      where (b.book::numeric, b.street::numeric, b.trade_id) is distinct from (k.book, k.street, k."tradeId")`,
    [JSON.stringify(priced)],
  );
  assert.deepEqual(wrong, []);
}

/** Holds the whole history against the key: nothing else was ever open, not for a moment. */
export async function assertNeverOpenBut(key: readonly Fault[], database: Database): Promise<void> {
  const opened = await database.query<{ execId: string; type: string }>(
    `select distinct b.exec_id as "execId", b.type from break_events e join breaks b on b.id = e.break_id`,
  );
  const known = new Set(key.map(toLine));
  assert.deepEqual(opened.map(toLine).filter((line) => !known.has(line)), []);
}

function toLine({ execId, type }: { execId: string; type: string }): string {
  return `${execId} ${type}`;
}

// Two lists of thousands would make a message that nobody reads.
function assertSameSet(found: readonly string[], wanted: readonly string[]): void {
  const foundSet = new Set(found);
  const wantedSet = new Set(wanted);
  assert.equal(found.length, foundSet.size, "a break is there twice");
  assert.deepEqual(
    {
      missing: wanted.filter((line) => !foundSet.has(line)).slice(0, 10),
      unexpected: found.filter((line) => !wantedSet.has(line)).slice(0, 10),
    },
    { missing: [], unexpected: [] },
  );
}
