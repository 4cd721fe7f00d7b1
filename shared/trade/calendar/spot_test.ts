import assert from "node:assert/strict";
import { CALENDARS, type CurrencyId } from "./calendars.ts";
import { settleSpot } from "./spot.ts";

/** `pair trade date -> value date: why` */
const EXAMPLES = `
  EUR/USD 2026-11-23 -> 2026-11-25: plain T+2
  EUR/USD 2026-11-21 -> 2026-11-25: a Saturday counts from Monday
  EUR/USD 2026-10-12 -> 2026-10-14: traded on a US holiday
  EUR/USD 2024-07-02 -> 2024-07-05: the dollar is not paid on the second day
  EUR/USD 2024-07-03 -> 2024-07-05: Independence Day lies in between
  EUR/USD 2025-12-23 -> 2025-12-29: Christmas in TARGET
  EUR/USD 2026-12-30 -> 2027-01-04: New Year
  EUR/USD 2026-12-31 -> 2027-01-05: New Year does not count for the euro
  EUR/USD 2026-07-01 -> 2026-07-03: the Fed is open on Friday 3 July
  EUR/USD 2027-06-16 -> 2027-06-18: Juneteenth on Saturday is not moved to Friday
  GBP/USD 2026-08-27 -> 2026-09-01: summer bank holiday
  GBP/USD 2026-12-24 -> 2026-12-30: Boxing Day's substitute
  USD/CHF 2026-05-12 -> 2026-05-15: Ascension Day in Zurich
  USD/JPY 2026-09-17 -> 2026-09-24: Silver Week
  USD/JPY 2026-11-20 -> 2026-11-25: Labour Thanksgiving Day
  USD/JPY 2026-11-24 -> 2026-11-27: Thanksgiving is the second day
  USD/CAD 2026-08-03 -> 2026-08-04: traded on Civic Holiday
  USD/CAD 2026-07-31 -> 2026-08-04: Civic Holiday
  USD/CAD 2026-09-29 -> 2026-10-01: Truth and Reconciliation
  USD/CAD 2026-11-10 -> 2026-11-12: Remembrance and Veterans Day
  USD/CAD 2026-12-24 -> 2026-12-29: Boxing Day in lieu
  EUR/CAD 2026-11-24 -> 2026-11-27: a cross is T+2, and waits for the dollar
  EUR/JPY 2026-11-24 -> 2026-11-27: a cross is not paid on a US holiday
  EUR/JPY 2026-11-25 -> 2026-11-27: and a US holiday in between does not matter
  EUR/GBP 2026-05-21 -> 2026-05-26: the bank holiday and Memorial Day
  EUR/CHF 2026-05-21 -> 2026-05-26: Whit Monday and Memorial Day
  USD/MXN 2026-10-09 -> 2026-10-14: against the peso Columbus Day counts
  USD/MXN 2026-11-25 -> 2026-11-30: so does Thanksgiving
  EUR/MXN 2026-10-09 -> 2026-10-13: not without the dollar
  AUD/USD 2026-01-22 -> 2026-01-27: Australia Day
  NZD/USD 2026-02-04 -> 2026-02-09: Waitangi Day
  USD/SEK 2026-06-17 -> 2026-06-22: Midsummer Eve and Juneteenth
`;

for (const line of EXAMPLES.trim().split(/\n */)) {
  const [, base, quote, tradeDate, want, why] = /^(\w+)\/(\w+) (\S+) -> (\S+): (.+)$/.exec(line)!;
  Deno.test(`settleSpot() of ${base}/${quote} traded ${tradeDate} is ${want}: ${why}`, () => {
    const spot = settleSpot([base as CurrencyId, quote as CurrencyId], tradeDate!, CALENDARS);
    assert.equal(spot.settlementDate, want, spot.why);
  });
}

Deno.test("settleSpot() gives the same date whichever currency comes first", () => {
  for (let day = Temporal.PlainDate.from("2026-01-01"); day.year === 2026; day = day.add({ days: 1 })) {
    const [one, other] = [["CAD", "JPY"], ["JPY", "CAD"]].map((pair) =>
      settleSpot(pair as [CurrencyId, CurrencyId], day.toString(), CALENDARS).settlementDate
    );
    assert.equal(one, other);
  }
});

Deno.test("settleSpot() tells each currency's own day, and the US holiday that it passed over", () => {
  assert.equal(
    settleSpot(["EUR", "USD"], "2026-10-09", CALENDARS).why,
    "EUR/USD spot is T+2, counted per currency: EUR 2026-10-13, USD 2026-10-13. The US holiday of 2026-10-12 lies " +
      "in between and does not hold the dollar back. Closed: 2026-10-12 (USD: Columbus Day).",
  );
});
