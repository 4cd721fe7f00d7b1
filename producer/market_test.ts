import assert from "node:assert/strict";
import fc from "fast-check";
import { add, roundHalfUp, subtract } from "../shared/trade/decimal.ts";
import { isLegalStep } from "../shared/trade/lifecycle.ts";
import { readStreet } from "../shared/trade/read_street.ts";
import { readTrade } from "../shared/trade/read_trade.ts";
import type { Execution } from "../shared/trade/street.ts";
import type { Trade } from "../shared/trade/trade.ts";
import { WALL_CLOCK } from "./clock.ts";
import { DEFAULT_MIX } from "./faults.ts";
import { FIX_VERSIONS } from "./fix_version.ts";
import { durationMs, tape, type TapeOptions } from "./market.ts";
import { fieldsOf, FRIDAY_EVENING, OPTIONS, readTape } from "./testdata/read_tape.ts";

const anyOptions: fc.Arbitrary<Partial<TapeOptions>> = fc.record({
  seed: fc.string({ minLength: 1, maxLength: 8 }),
  startMs: fc.integer({ min: Date.parse("2024-05-20"), max: Date.parse("2028-01-01") }),
  intervalMs: fc.constantFrom(0.5, 30, 60_000 / 45, 900_000),
  fills: fc.integer({ min: 1, max: 60 }),
  faultShare: fc.constantFrom(0, 0.015, 0.5, 1),
});
const RUNS = { numRuns: 40 };
const anyStreet: fc.Arbitrary<Partial<TapeOptions>> = fc.record({
  fixVersion: fc.constantFrom(...FIX_VERSIONS),
  bustShare: fc.constantFrom(0, 0.3),
  correctionShare: fc.constantFrom(0, 0.3),
});

const bytesOf = (options: TapeOptions) =>
  [...tape(options)].map(({ key, value }) => `${key} ${new TextDecoder("latin1").decode(value)}`);

Deno.test("tape() is the same for the same options, byte for byte", () => {
  fc.assert(
    fc.property(anyOptions, anyStreet, (changes, street) => {
      const options = { ...OPTIONS, ...changes, ...street };
      assert.deepEqual(bytesOf(options), bytesOf(options));
    }),
    RUNS,
  );
});

Deno.test("tape() differs for another seed and for another start", () => {
  const [ours, ...others] = [{}, { seed: "b" }, { startMs: FRIDAY_EVENING + 60_000 }].map((changes) =>
    bytesOf({ ...OPTIONS, ...changes })
  );
  for (const other of others) {
    assert.equal(ours!.filter((line) => other.includes(line)).length, 0);
  }
});

Deno.test("tape() of more fills repeats every booking and execution of a shorter one", () => {
  const [short, long] = [readTape({ fills: 50 }), readTape({ fills: 80 })];
  const [versions, executions] = [new Set(long.trades.map(toLine)), new Set(long.executions.map(toLine))];
  assert(short.trades.every((trade) => versions.has(toLine(trade))));
  assert(short.executions.every((execution) => executions.has(toLine(execution))));
});

const toLine = (fact: Trade | Execution) => JSON.stringify(fact);

Deno.test("tape() is in the order of its time, from the start to a minute after the last fill", () => {
  fc.assert(
    fc.property(anyOptions, anyStreet, (changes, street) => {
      const options = { ...OPTIONS, ...changes, ...street };
      const { clock, startMs, fills } = options;
      const times = [...tape(options)].map(({ atMs }) => atMs);
      assert.deepEqual(times, times.toSorted((a, b) => a - b));
      assert(times[0]! >= startMs);
      assert(
        clock.fromEpoch(times.at(-1)!) - clock.fromEpoch(startMs) <=
          durationMs({ ...options, fills: fills! }),
      );
    }),
    RUNS,
  );
});

Deno.test("tape() has one booking for each execution, but for its faults", () => {
  fc.assert(
    fc.property(anyOptions, (changes) => {
      const { fills } = { ...OPTIONS, ...changes };
      const { records, trades, executions, faults } = readTape(changes);
      const executed = executions.map(({ execId }) => execId);
      const booked = trades.filter(({ version }) => version === 1).map(({ execId }) => execId!);
      assert.equal(new Set(executed).size, executed.length);
      assert.equal(new Set(booked).size, booked.length);
      assert.equal(new Set([...executed, ...booked]).size, fills);
      assert.equal(records.filter(({ isFill }) => isFill).length, fills);
      const only = (ids: string[], others: string[]) => new Set(ids).difference(new Set(others));
      const faulty = (type: string) =>
        new Set(faults.filter((each) => each.type === type).map((f) => f.execId));
      assert.deepEqual(only(executed, booked), faulty("missing_book"));
      assert.deepEqual(only(booked, executed), faulty("missing_street"));
    }),
    RUNS,
  );
});

Deno.test("tape() differs between its sides exactly where its answer key says", () => {
  fc.assert(
    fc.property(anyOptions, (changes) => {
      const { trades, executions, terms, faults } = readTape({ ...changes, faultMix: EVERY_VALUE });
      const street = new Map(executions.map((each) => [each.execId, each]));
      const found = new Set<string>();
      for (const trade of trades) {
        const execution = street.get(trade.execId!);
        if (execution === undefined) continue;
        const differs = (type: string, field: string, ...[book, stated]: [string, string | null]) => {
          if (stated === null || book === stated) return;
          found.add(JSON.stringify([trade.execId, trade.tradeId, type, field, book, stated]));
        };
        for (const field of SHARED) differs(field, field, trade[field], execution[field]);
        differs("settlement_date", "settlement_date", trade.settlementDate, execution.settlementDate);
        const bill = terms.get(trade.execId!);
        if (bill === undefined) continue;
        for (const fee of ["brokerage", "clearing", "exchange"] as const) {
          const billed = bill[`${fee}Fee`];
          differs("fees", `${fee}_fee`, trade[`${fee}Fee`], billed === null ? null : roundHalfUp(billed, 2));
        }
        assert.equal(trade.tradeDate, execution.tradeDate);
      }
      const told = faults.filter(({ field }) => field !== null);
      assert.deepEqual(
        found,
        new Set(told.map((f) => JSON.stringify([f.execId, f.tradeId, f.type, f.field, f.book, f.street]))),
      );
      assert.equal(new Set(faults.map(({ execId }) => execId)).size, faults.length, "two faults of one fill");
    }),
    RUNS,
  );
});

const SHARED = ["price", "quantity", "side", "instrument", "counterparty", "currency"] as const;
const EVERY_VALUE = { ...DEFAULT_MIX, fees: 9 };

Deno.test("tape() walks each booking through legal stages, and no version mends a fault", () => {
  const { trades } = readTape({ untilMs: Date.parse("2026-11-26T00:00:00Z"), faultShare: 0.5 });
  const byTrade = Map.groupBy(trades, ({ tradeId }) => tradeId);
  for (const versions of byTrade.values()) {
    assert.deepEqual(versions.map(({ version }) => version), versions.map((_, at) => at + 1));
    for (const [at, version] of versions.entries()) {
      const before = versions[at - 1] ?? version;
      assert(isLegalStep(before.stage, version.stage), `${before.stage} to ${version.stage}`);
      assert.deepEqual([version.price, version.quantity], [before.price, before.quantity]);
      if (version.stage === "settled") assert.equal(version.timestamp.slice(0, 10), version.settlementDate);
    }
    assert.equal(versions[0]!.eventType, "booked");
    assert.equal(versions.at(-1)!.stage, "settled");
  }
  assert(trades.some(({ eventType }) => eventType === "amended"));
});

Deno.test("tape() without --until leaves each booking on its way to settlement", () => {
  const { trades } = readTape({ faultShare: 0 });
  const last = new Map(trades.map((trade) => [trade.tradeId, trade.stage]));
  assert.deepEqual(new Set(last.values()), new Set(["settlement_pending"]));
});

Deno.test("tape() adds up every trade's fees to its total", () => {
  for (const trade of readTape().trades) {
    assert.equal(
      subtract(trade.totalFees, add(trade.brokerageFee, trade.clearingFee, trade.exchangeFee)),
      "0",
    );
  }
});

Deno.test("tape() skips the weekend", () => {
  const { records, trades } = readTape({ fills: 200, intervalMs: 60_000 });
  const weekday = (atMs: number) => new Date(atMs).getUTCDay();
  assert(records.every(({ atMs }) => weekday(atMs) >= 1 && weekday(atMs) <= 5));
  assert.deepEqual(
    [...new Set(trades.map(({ tradeDate }) => tradeDate))].toSorted(),
    ["2026-11-20", "2026-11-23"],
  );
});

Deno.test("tape() by the wall's clock books a Saturday's trades on Friday", () => {
  const { trades, records } = readTape({
    clock: WALL_CLOCK,
    startMs: Date.parse("2026-11-21T12:00:00Z"),
    fills: 20,
  });
  assert.deepEqual(new Set(trades.map(({ tradeDate }) => tradeDate)), new Set(["2026-11-20"]));
  assert(records.every(({ atMs }) => new Date(atMs).toISOString().startsWith("2026-11-21")));
});

Deno.test("tape() counts an order's fills as the broker does, also those whose report is lost", () => {
  const reports = [...tape({ ...OPTIONS, faultShare: 1 })].filter(({ side }) => side === "fix").map(fieldsOf);
  const byOrder = Map.groupBy(reports.filter((each) => each.get(35) === "8"), (each) => each.get(11)!);
  let gaps = 0;
  for (const messages of byOrder.values()) {
    let cumQuantity = 0;
    for (const message of messages) {
      const [total, left, cum, last] = [38, 151, 14, 32].map((tag) => Number(message.get(tag) ?? 0));
      if (message.get(150) === "F") {
        assert(cum! >= cumQuantity + last!);
        if (cum! > cumQuantity + last!) gaps++;
        assert.equal(left, total! - cum!);
        assert.equal(message.get(39), left === 0 ? "2" : "1");
      }
      cumQuantity = cum!;
    }
  }
  assert(gaps > 0);
});

Deno.test("tape() numbers the messages of each session without a gap", () => {
  const messages = [...tape(OPTIONS)].filter(({ side }) => side === "fix").map(fieldsOf);
  for (const session of Map.groupBy(messages, (each) => `${each.get(49)} ${each.get(56)}`).values()) {
    assert.deepEqual(session.map((each) => Number(each.get(34))), session.map((_, at) => at + 1));
  }
});

Deno.test("tape() of one side alone has no faults, and its bookings name no execution", () => {
  const book = readTape({ sides: "trades", faultShare: 1 });
  assert.equal(book.trades.filter(({ version }) => version === 1).length, OPTIONS.fills);
  assert(book.trades.every(({ execId }) => execId === null));
  assert.deepEqual([book.executions.length, book.faults.length], [0, 0]);
  const street = readTape({ sides: "fix", faultShare: 1 });
  assert.deepEqual([street.trades.length, street.executions.length, street.faults.length], [
    0,
    OPTIONS.fills,
    0,
  ]);
});

Deno.test("tape() books what was filled after it is asked to close", () => {
  let isClosing = false;
  const booked = new Set<string>();
  const filled = new Set<string>();
  for (
    const { side, value, unbooked } of tape({
      ...OPTIONS,
      fills: null,
      intervalMs: 5,
      isClosing: () => isClosing,
    })
  ) {
    const read = side === "trades" ? readTrade(value) : readStreet(value, "strict");
    if (read.kind === "trade") booked.add(read.trade.execId!);
    if (read.kind === "message" && read.execution !== null) filled.add(read.execution.execId);
    if (booked.size === 100) isClosing = true;
    if (isClosing && unbooked === 0) break;
  }
  assert(booked.size > 100 && filled.size > 100);
  assert(filled.difference(booked).size < filled.size * 0.1, "only bookings that are a fault may be missing");
});
