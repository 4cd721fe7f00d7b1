import assert from "node:assert/strict";
import fc from "fast-check";
import { isOpen } from "./calendar.ts";
import { CALENDARS, CURRENCY_IDS } from "./calendars.ts";
import { MARKETS } from "./markets.ts";
import { settlementDate } from "./mod.ts";
import { type Settlement, settleSecurity } from "./settle.ts";
import { settleSpot } from "./spot.ts";

const LAST_TRADE_DAY = Temporal.PlainDate.from("2029-01-15");
const FIRST_TRADE_DAY = Temporal.PlainDate.from("2024-01-01");
const DAYS = FIRST_TRADE_DAY.until(LAST_TRADE_DAY).days;

const anyDay = fc.nat(DAYS).map((days) => FIRST_TRADE_DAY.add({ days }).toString());
const anyPair = fc.tuple(fc.constantFrom(...CURRENCY_IDS), fc.constantFrom(...CURRENCY_IDS))
  .filter(([base, quote]) => base !== quote);

/** How some market or pair settles, and the calendars that must be open on the day. */
const anyRule = fc.oneof(
  fc.constantFrom(...Object.values(MARKETS)).map((rules) => ({
    settle: (day: string): Settlement => settleSecurity(rules, day, CALENDARS),
    open: rules.settlement,
  })),
  anyPair.map((pair) => ({
    settle: (day: string): Settlement => settleSpot(pair, day, CALENDARS),
    open: [...pair, "USD" as const],
  })),
);

Deno.test("settlement is after the trade date, at least the cycle's days, on an open day, within two weeks", () => {
  fc.assert(
    fc.property(anyRule, anyDay, ({ settle, open }, tradeDate) => {
      const { settlementDate, countedFrom, cycle, provisional } = settle(tradeDate);
      assert(countedFrom >= tradeDate && settlementDate > countedFrom);
      const days = Temporal.PlainDate.from(countedFrom).until(settlementDate).days;
      assert(days >= Number(cycle.slice(2)) && days <= 14, `${days} days for ${cycle}`);
      for (const id of open) {
        assert(isOpen(CALENDARS[id], settlementDate), `${id} is closed on ${settlementDate}`);
      }
      assert.equal(typeof provisional, "boolean");
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("settlement never moves back when the trade date moves on", () => {
  fc.assert(
    fc.property(anyRule, anyDay, anyDay, ({ settle }, one, other) => {
      const [earlier, later] = [one, other].toSorted() as [string, string];
      assert(settle(earlier).settlementDate <= settle(later).settlementDate);
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("settlement never moves back from one day to the next, on any market, in any year", () => {
  for (const rules of Object.values(MARKETS)) {
    let before = "";
    for (
      let day = FIRST_TRADE_DAY;
      Temporal.PlainDate.compare(day, LAST_TRADE_DAY) <= 0;
      day = day.add({ days: 1 })
    ) {
      const { settlementDate } = settleSecurity(rules, day.toString(), CALENDARS);
      assert(settlementDate >= before, `${rules.name} traded ${day}`);
      before = settlementDate;
    }
  }
});

Deno.test("settlementDate() answers any text and any day without throwing", () => {
  const anyClass = fc.constantFrom("equity", "bond", "derivative", "fx", "commodity");
  const anyText = fc.option(fc.string(), { nil: undefined });
  const someDay = fc.oneof(
    anyDay,
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
    fc.string(),
  );
  fc.assert(fc.property(anyClass, anyText, anyText, someDay, (assetClass, instrument, venue, tradeDate) => {
    const answer = settlementDate({ assetClass, instrument, venue, tradeDate });
    assert(answer.kind === "settlement" ? answer.settlementDate > tradeDate : answer.text.length > 0);
  }));
});
