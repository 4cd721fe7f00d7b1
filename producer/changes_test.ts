import assert from "node:assert/strict";
import { compare } from "../shared/trade/decimal.ts";
import { isLegalStep } from "../shared/trade/lifecycle.ts";
import { readStreet } from "../shared/trade/read_street.ts";
import { readTrade } from "../shared/trade/read_trade.ts";
import type { Execution } from "../shared/trade/street.ts";
import type { Trade } from "../shared/trade/trade.ts";
import { WEEKDAY_CLOCK } from "./clock.ts";
import type { Fault } from "./faults.ts";
import { FIX_VERSIONS } from "./fix_version.ts";
import { PLAIN_DAY, tape, type TapeOptions } from "./market.ts";

const OPTIONS: TapeOptions = {
  ...PLAIN_DAY,
  seed: "changes",
  startMs: Date.parse("2026-11-16T09:00:00Z"),
  clock: WEEKDAY_CLOCK,
  intervalMs: 60_000 / 45,
  fills: 600,
  untilMs: Date.parse("2026-11-20T00:00:00Z"),
  faultShare: 0.1,
  bustShare: 0.2,
  correctionShare: 0.2,
};

interface At<T> {
  readonly atMs: number;
  readonly fact: T;
}

function readTape(changes: Partial<TapeOptions>) {
  const executions: At<Execution>[] = [];
  const versions: At<Trade>[] = [];
  const faults: Fault[] = [];
  for (const { side, atMs, value, fault } of tape({ ...OPTIONS, ...changes })) {
    if (fault !== null) faults.push(fault);
    const read = side === "fix" ? readStreet(value, "strict") : readTrade(value);
    assert(read.kind !== "rejected", JSON.stringify(read));
    if (read.kind === "trade") versions.push({ atMs, fact: read.trade });
    else if (read.header.msgType === "8" && read.execution !== null) {
      executions.push({ atMs, fact: read.execution });
    }
  }
  const ofKind = (kind: string) =>
    new Map(
      executions.filter(({ fact }) => fact.kind === kind).map((each) => [
        each.fact.execRefId ?? each.fact.execId,
        each,
      ]),
    );
  return {
    fills: ofKind("trade"),
    corrections: ofKind("correct"),
    busts: ofKind("cancel"),
    bookings: Map.groupBy(versions, ({ fact }) => fact.execId!),
    faults,
  };
}

for (const fixVersion of FIX_VERSIONS) {
  Deno.test(`tape() of FIX ${fixVersion} books a corrected price once, after the correction`, () => {
    const { fills, corrections, bookings } = readTape({ fixVersion });
    assert(corrections.size > 50);
    for (const [execId, { atMs, fact: { price, quantity } }] of corrections) {
      const fill = fills.get(execId)!;
      const versions = bookings.get(execId)!;
      assert(compare(price, fill.fact.price) !== 0);
      assert.equal(quantity, fill.fact.quantity);
      assert(versions.every(({ fact }) => fact.price === price && fact.stage !== "cancelled"));
      assert(fill.atMs + 1_000 <= atMs && atMs <= fill.atMs + 5_000 && atMs < versions[0]!.atMs);
    }
  });

  Deno.test(`tape() of FIX ${fixVersion} cancels the booking of a busted fill, and no other`, () => {
    const { fills, busts, bookings } = readTape({ fixVersion });
    assert(busts.size > 50);
    for (const [execId, versions] of bookings) {
      const bust = busts.get(execId);
      const last = versions.at(-1)!;
      assert.equal(last.fact.stage === "cancelled", bust !== undefined);
      if (bust === undefined) continue;
      assert.deepEqual(versions.map(({ fact }) => fact.eventType), ["booked", "cancelled"]);
      assert(isLegalStep(versions[0]!.fact.stage, "cancelled"));
      assert(last.atMs > bust.atMs && bust.atMs >= fills.get(execId)!.atMs + 1_000);
    }
    assert([...busts.keys()].every((execId) => bookings.has(execId)));
  });
}

Deno.test("tape() neither corrects nor busts a fill with a fault", () => {
  const { corrections, busts, faults } = readTape({});
  assert(faults.length > 30);
  for (const { execId } of faults) assert(!corrections.has(execId) && !busts.has(execId));
});

Deno.test("tape() neither corrects nor busts unless it is asked to", () => {
  const { corrections, busts } = readTape({ bustShare: 0, correctionShare: 0 });
  assert.deepEqual([corrections.size, busts.size], [0, 0]);
});

Deno.test("tape() ends only when each bust that was told has its cancelled booking", () => {
  let isClosing = false;
  const open = new Set<string>();
  const cancelled = new Set<string>();
  for (
    const { side, value, unbooked } of tape({
      ...OPTIONS,
      fills: null,
      intervalMs: 5,
      untilMs: null,
      isClosing: () => isClosing,
    })
  ) {
    const read = side === "fix" ? readStreet(value, "strict") : readTrade(value);
    if (read.kind === "message" && read.execution?.kind === "cancel") open.add(read.execution.execRefId!);
    if (read.kind === "trade" && read.trade.stage === "cancelled") cancelled.add(read.trade.execId!);
    if (cancelled.size === 20) isClosing = true;
    if (isClosing && unbooked === 0) break;
  }
  assert.deepEqual(open, cancelled);
});
