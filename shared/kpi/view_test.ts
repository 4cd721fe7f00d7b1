import assert from "node:assert/strict";
import { formatName } from "./format.ts";
import { isWhole, toQuery, toScope, toTradesAddress, type View, WHOLE } from "./view.ts";

const AS_OF = "2026-11-23T14:03:20.000Z";
const CASES: { view: Partial<View>; query: string; scope: string; trades: string }[] = [
  { view: {}, query: "", scope: "all stored trades", trades: "/trades" },
  { view: { range: "1h" }, query: "?range=1h", scope: "booked in the last hour", trades: "/trades" },
  {
    view: { range: "today", assetClass: "fx" },
    query: "?range=today&assetClass=fx",
    scope: "FX, traded on 2026-11-23",
    trades: "/trades?from=2026-11-23&to=2026-11-23&assetClass=fx",
  },
  {
    view: { range: "date", date: "2026-11-20", counterparty: "A & B", status: "break", venue: "DTC" },
    query: "?date=2026-11-20&counterparty=A+%26+B&status=break&venue=DTC",
    scope: "break of A & B at DTC, traded on 2026-11-20",
    trades: "/trades?from=2026-11-20&to=2026-11-20&counterparty=A+%26+B&status=break&venue=DTC",
  },
];

for (const { view, query, scope, trades } of CASES) {
  Deno.test(`a view is written as ${query || "nothing"}`, () => {
    const whole = { ...WHOLE, ...view };
    assert.equal(toQuery(whole), query);
    assert.equal(toScope(whole, AS_OF, formatName), scope);
    assert.equal(toTradesAddress(whole, AS_OF), trades);
    assert.equal(isWhole(whole), query === "");
  });
}
