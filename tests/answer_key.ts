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

/** What was found beside what the key says, as sets of (type, tradeId). */
export interface Comparison {
  readonly wanted: number;
  readonly found: number;
  /** In the key and not found. */
  readonly missing: readonly string[];
  /** Found and not in the key, or found twice. */
  readonly unexpected: readonly string[];
  readonly precision: number;
  readonly recall: number;
}

/** A `late` break is recorded when it is over, so it counts although it is closed; of all others the open ones do. */
const FOUND = `select type, trade_id as "tradeId" from breaks
  where status not in ('resolved', 'written_off') or type = 'late'`;

/** A break must name the execution that the key does, and show its values where one value differs. */
const WRONG_VALUES = `
  select k.*, b.field as found_field, b.book as found_book, b.street as found_street, b.exec_id as found_exec_id
  from json_to_recordset($1) as k("execId" text, "tradeId" text, type text, field text, book text, street text)
  join breaks b on b.trade_id = k."tradeId" and b.type = k.type
  where b.exec_id is distinct from k."execId" or (k.type = any($2) and (b.field is distinct from k.field
    or not same_value(b.book, k.book) or not same_value(b.street, k.street))) limit 5`;

export async function compareWithKey(key: readonly Fault[], database: Database): Promise<Comparison> {
  const found = (await database.query<{ type: string; tradeId: string }>(FOUND)).map(toLine);
  const wanted = key.map(toLine);
  const [foundSet, wantedSet] = [new Set(found), new Set(wanted)];
  const right = found.length - found.filter((line) => !wantedSet.has(line)).length;
  const twice = found.length - foundSet.size;
  return {
    wanted: wanted.length,
    found: found.length,
    missing: wanted.filter((line) => !foundSet.has(line)),
    unexpected: found.filter((line, at) => !wantedSet.has(line) || found.indexOf(line) !== at),
    precision: found.length === 0 ? 1 : (right - twice) / found.length,
    recall: wanted.length === 0 ? 1 : wantedSet.intersection(foundSet).size / wantedSet.size,
  };
}

/** Holds the open breaks against the key, and the values of those that differ in one. */
export async function assertBreaksAre(key: readonly Fault[], database: Database): Promise<void> {
  const { missing, unexpected } = await compareWithKey(key, database);
  // Two lists of thousands would make a message that nobody reads.
  assert.deepEqual(
    { missing: missing.slice(0, 10), unexpected: unexpected.slice(0, 10) },
    { missing: [], unexpected: [] },
  );
  await assertValuesAre(key, database);
}

export async function assertValuesAre(key: readonly Fault[], database: Database): Promise<void> {
  assert.deepEqual(await database.query(WRONG_VALUES, [JSON.stringify(key), VALUES]), []);
}

const VALUES = [
  "price",
  "quantity",
  "side",
  "instrument",
  "counterparty",
  "currency",
  "settlement_date",
  "fees",
];

/** Holds the whole history against the key: nothing else was ever open, not for a moment. */
export async function assertNeverOpenBut(key: readonly Fault[], database: Database): Promise<void> {
  const opened = await database.query<{ type: string; tradeId: string }>(
    `select distinct b.trade_id as "tradeId", b.type from break_events e join breaks b on b.id = e.break_id`,
  );
  const known = new Set(key.map(toLine));
  assert.deepEqual(opened.map(toLine).filter((line) => !known.has(line)), []);
}

function toLine({ type, tradeId }: { type: string; tradeId: string | null }): string {
  return `${type} ${tradeId}`;
}
