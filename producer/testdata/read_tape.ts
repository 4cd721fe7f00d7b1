/**
 * A tape, read back by the readers of the consumer.
 *
 * @module
 */

import assert from "node:assert/strict";
import { readStreet } from "../../shared/trade/read_street.ts";
import { readTrade } from "../../shared/trade/read_trade.ts";
import type { Execution, StreetTerms } from "../../shared/trade/street.ts";
import type { Trade } from "../../shared/trade/trade.ts";
import { WEEKDAY_CLOCK } from "../clock.ts";
import type { Fault } from "../faults.ts";
import { PLAIN_DAY, tape, type TapeOptions } from "../market.ts";
import type { TapeRecord } from "../reporting.ts";

export const FRIDAY_EVENING = Date.parse("2026-11-20T22:30:00Z");

export const OPTIONS: TapeOptions = {
  ...PLAIN_DAY,
  seed: "a",
  startMs: FRIDAY_EVENING,
  clock: WEEKDAY_CLOCK,
  intervalMs: 60_000 / 45,
  fills: 400,
  faultShare: 0.1,
};

export interface ReadTape {
  readonly records: readonly TapeRecord[];
  readonly trades: readonly Trade[];
  readonly executions: readonly Execution[];
  /** The same, with corrections and busts. */
  readonly changed: readonly Execution[];
  /** What some brokers state with a fill, by ExecID. */
  readonly terms: ReadonlyMap<string, StreetTerms>;
  readonly faults: readonly Fault[];
}

export function readTape(changes: Partial<TapeOptions> = {}): ReadTape {
  const records = [...tape({ ...OPTIONS, ...changes })];
  const trades: Trade[] = [];
  const executions: Execution[] = [];
  const changed: Execution[] = [];
  const terms = new Map<string, StreetTerms>();
  const first = new Map<string, string>();
  for (const record of records) {
    const { side, key, value } = record;
    if (side === "trades") {
      const read = readTrade(value);
      assert(read.kind === "trade", JSON.stringify(read));
      assert.equal(key, read.trade.tradeId);
      trades.push(read.trade);
    } else {
      const read = readStreet(value, "strict");
      assert(read.kind === "message", JSON.stringify(read));
      assert.deepEqual(read.faults, []);
      assert.equal(key, keyOf(record, first));
      if (read.header.msgType === "8" && read.execution !== null) changed.push(read.execution);
      if (read.header.msgType === "8" && read.execution?.kind === "trade") executions.push(read.execution);
      if (read.terms !== undefined) terms.set(read.execution!.execId, read.terms);
      if (read.header.msgType === "AE") assertRepeats(read.execution, changed);
    }
  }
  return {
    records,
    trades,
    executions,
    changed,
    terms,
    faults: records.flatMap(({ fault }) => fault === null ? [] : [fault]),
  };
}

/** A trade capture is read as an execution: it must be one that a report told, as it was corrected. */
function assertRepeats(capture: Execution | null, executions: readonly Execution[]): void {
  const known = executions.find(({ execId }) => execId === capture?.execId);
  const now = executions.findLast(({ execId, execRefId }) => (execRefId ?? execId) === capture?.execId);
  assert.deepEqual(capture, { ...known, price: now?.price, clOrdId: capture?.clOrdId });
}

/** The chain's first ClOrdID; AllocID, ConfirmID, TradeReportID where the message names no order. */
function keyOf(record: TapeRecord, first: Map<string, string>): string {
  const fields = fieldsOf(record);
  const [clOrdId, origClOrdId] = [fields.get(11), fields.get(41)];
  if (clOrdId === undefined) {
    if (fields.get(35) === "Q") return record.key;
    return fields.get(70) ?? fields.get(664) ?? fields.get(571) ?? assert.fail("names nothing");
  }
  if (origClOrdId !== undefined) first.set(clOrdId, first.get(origClOrdId) ?? origClOrdId);
  return first.get(clOrdId) ?? clOrdId;
}

/** By tag; of a tag that stands several times, the last. */
export function fieldsOf({ value }: TapeRecord): Map<number, string> {
  const fields = new TextDecoder("latin1").decode(value).split("\x01").slice(0, -1);
  return new Map(fields.map((field) => [Number(field.split("=")[0]), field.slice(field.indexOf("=") + 1)]));
}
