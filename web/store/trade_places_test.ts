import assert from "node:assert/strict";
import { placeAt, toSteps } from "./trade_places.ts";

const HOURS = ["2026-11-23 10:00:00+00", "2026-11-23 11:00:00+00", "2026-11-23 12:00:00+00"];
const DISTRIBUTION = {
  booked_at: toSteps("booked_at", [], [], HOURS),
  notional_usd: toSteps("notional_usd", ["1000"], [0.5], ["0", "100", "9000"]),
  counterparty: toSteps("counterparty", ["UBS", "Citi"], [0.25, 0.75], []),
};

Deno.test("placeAt() goes down the list by the share of its rows", () => {
  const at = (share: number, isDescending: boolean) =>
    placeAt(DISTRIBUTION, { name: "booked", isDescending }, share)?.[0];
  assert.equal(at(0.25, false), "2026-11-23T10:30:00.000000Z");
  assert.equal(at(0.25, true), "2026-11-23T11:30:00.000000Z");
  assert.equal(at(1, false), "2026-11-23T12:00:00.000000Z");
});

Deno.test("placeAt() stays at a value that many rows have", () => {
  const at = (share: number) => placeAt(DISTRIBUTION, { name: "notional", isDescending: false }, share)?.[0];
  assert.deepEqual([at(0.125), at(0.3), at(0.7), at(1)], ["50.00", "1000.00", "1000.00", "9000.00"]);
});

Deno.test("placeAt() finds the group, and how far into it", () => {
  const place = placeAt(DISTRIBUTION, { name: "counterparty", isDescending: false }, 0.375);
  assert.deepEqual(place?.slice(0, 2), ["Citi", "2026-11-23T11:00:00.000000Z"]);
  assert.equal(placeAt(DISTRIBUTION, { name: "counterparty", isDescending: true }, 0.1)?.[0], "UBS");
});

Deno.test("placeAt() says nothing where nothing is known", () => {
  assert.equal(placeAt({}, { name: "booked", isDescending: true }, 0.5), null);
});
