import assert from "node:assert/strict";
import type { Execution } from "../shared/trade/street.ts";
import { FAULT_TYPES, type FaultType } from "./faults.ts";
import { FIX_VERSIONS, type FixVersion } from "./fix_version.ts";
import { tellAll, type Told } from "./testdata/tell_all.ts";

const FILLS = 400;
const LATER = Date.parse("2026-12-01T00:00:00Z");
const cache = new Map<string, ReturnType<typeof tellAll>>();

/** A tape where every fill that can have the fault has it. */
function faulty(type: FaultType, fixVersion: FixVersion = "4.4") {
  const key = `${type} ${fixVersion}`;
  if (!cache.has(key)) {
    cache.set(
      key,
      tellAll({ faultShare: 0.3, faultMix: { [type]: 1 }, fixVersion, fills: FILLS, untilMs: LATER }),
    );
  }
  return cache.get(key)!;
}

const UNSAYABLE: Partial<Record<FixVersion, readonly FaultType[]>> = { "4.2": ["unaffirmed"] };

for (const fixVersion of FIX_VERSIONS) {
  Deno.test(`tape() of FIX ${fixVersion} can have every kind of fault, at most one a fill`, () => {
    for (const type of FAULT_TYPES) {
      const { faults } = faulty(type, fixVersion);
      if (UNSAYABLE[fixVersion]?.includes(type)) assert.equal(faults.length, 0, type);
      else assert(faults.length > 5, `${faults.length} of ${type}`);
      assert(faults.every((fault) => fault.type === type));
      assert.equal(new Set(faults.map(({ execId }) => execId)).size, faults.length);
    }
  });
}

Deno.test("tape() with a booking twice names the second, which is later and else the same", () => {
  const { faults, trades } = faulty("duplicate");
  const firsts = trades.filter(({ version }) => version === 1);
  const twice = faults.filter(({ tradeId, execId }) => tradeId !== execId);
  assert(twice.length > 10);
  for (const { tradeId, execId } of twice) {
    const [first, second, ...more] = firsts.filter((trade) => trade.execId === execId);
    assert.deepEqual([second!.tradeId, more.length], [tradeId, 0]);
    assert(first!.timestamp < second!.timestamp);
    assert.deepEqual([first!.price, first!.quantity, first!.side], [
      second!.price,
      second!.quantity,
      second!.side,
    ]);
  }
});

Deno.test("tape() with a fill sent again has another ExecID and no more filled, before anything else", () => {
  const { faults, told } = faulty("duplicate");
  const reports = told.filter(({ get }) => get(35) === "8");
  const again = faults.filter(({ tradeId, execId }) => tradeId === execId);
  assert(again.length > 10);
  for (const { execId } of again) {
    const at = reports.findIndex(({ get }) => get(17) === execId);
    const copy = reports[at]!;
    const before = reports.slice(0, at).findLast(({ key }) => key === copy.key)!;
    assert.notEqual(before.get(17), execId);
    for (const tag of [14, 31, 32, 54, 55, 75]) assert.equal(copy.get(tag), before.get(tag));
  }
});

Deno.test("tape() with a bust that one side does not follow", () => {
  const { faults, trades, executions } = faulty("bust");
  const busted = new Set(executions.flatMap(({ kind, execRefId }) => kind === "cancel" ? [execRefId] : []));
  const last = new Map(trades.map((trade) => [trade.tradeId, trade.stage]));
  for (const { execId, tradeId, book, street } of faults) {
    assert.equal(busted.has(execId), street === "busted");
    assert.equal(last.get(tradeId) === "cancelled", book === "cancelled");
    assert.notEqual(book === "cancelled", street === "busted");
  }
  assert.equal(new Set(faults.map(({ book }) => book)).size, 2);
});

const ofType = (told: readonly Told[], type: string) => told.filter(({ get }) => get(35) === type);
const execIdsOf = ({ all }: Told) => all(17);

Deno.test("tape() with a block split wrong: the accounts do not add up, or the broker confirms another part", () => {
  const { faults, told } = faulty("allocation");
  const allocations = ofType(told, "J");
  for (const { execId } of faults) {
    const block = allocations.find((each) => execIdsOf(each).includes(execId))!;
    assert.deepEqual(execIdsOf(block), [execId], "a block of more than the fill");
    const accounts = block.all(80).map(Number).reduce((sum, each) => sum + each, 0);
    const answer = ofType(told, "P").find(({ get }) => get(70) === block.get(70))!;
    const confirmed = ofType(told, "AK").filter(({ get }) => get(70) === block.get(70));
    if (accounts !== Number(block.get(53))) {
      assert.deepEqual([answer.get(87), confirmed.length], ["1", 0]);
    } else assert.notEqual(confirmed[0]!.get(80), block.all(80)[0]);
  }
});

Deno.test("tape() with a trade not affirmed has no confirmation, or no answer to it", () => {
  const { faults, told } = faulty("unaffirmed");
  const affirmed = new Set(ofType(told, "AU").map(({ get }) => get(664)));
  const kinds = faults.map(({ execId }) => {
    const block = ofType(told, "J").find((each) => execIdsOf(each).includes(execId))!;
    const confirmed = ofType(told, "AK").filter(({ get }) => get(70) === block.get(70));
    assert(confirmed.every(({ get }) => !affirmed.has(get(664))));
    return confirmed.length > 0;
  });
  assert.deepEqual(new Set(kinds), new Set([true, false]));
});

Deno.test("tape() with a settlement that fails says so with a reason, and nothing after it", () => {
  const { faults, bookings } = faulty("settlement_fail");
  for (const { tradeId } of faults) {
    const last = bookings.findLast((booking) => booking.trade_id === tradeId)!;
    assert.deepEqual([last.status, last.settlement_status], ["settlement_pending", "failed"]);
    assert.match(last.settlement_reason!, /^[A-Z]{4}$/);
    assert.equal(last.timestamp!.slice(0, 10), last.settlement_date);
  }
});

Deno.test("tape() instructs, matches and settles each trade, some in two parts and some a day late", () => {
  const { bookings } = tellAll({ fills: FILLS, untilMs: LATER, curedFailShare: 0.1 });
  const lives = Map.groupBy(bookings, ({ trade_id }) => trade_id);
  const seen = new Set(
    [...lives.values()].map((versions) => versions.flatMap((each) => each.settlement_status ?? []).join(" ")),
  );
  assert.deepEqual(
    seen,
    new Set([
      "instructed matched settled",
      "instructed matched partially_settled settled",
      "instructed matched failed settled",
    ]),
  );
});

Deno.test("tape() holds back all that tells of the late side, and only that", () => {
  const { faults, records, executions, trades } = faulty("late");
  const held = records.filter(({ isHeld }) => isHeld);
  const heldBookings = new Set(held.filter(({ side }) => side === "trades").map(({ key }) => key));
  const sides = faults.map(({ tradeId, execId }) => {
    assert(executions.some((each: Execution) => each.execId === execId));
    assert(trades.some((trade) => trade.tradeId === tradeId));
    return heldBookings.has(tradeId);
  });
  assert.deepEqual(new Set(sides), new Set([true, false]));
  assert.equal(held.filter(({ fault }) => fault !== null).length, faults.length);
});
