import assert from "node:assert/strict";
import { SettingError } from "../shared/platform/env.ts";
import { readExpectations } from "./calendars.ts";

const SHARE = {
  assetClass: "equity",
  instrument: "AAPL",
  settlementVenue: "DTCC",
  tradeDate: "2026-11-23",
} as const;
const STORM = { closures: [{ calendar: "DTCC", date: "2026-11-24", name: "Storm", source: "DTCC" }] };
const env = new Map([["CALENDAR_CLOSURES_FILE", "closures.json"]]);

function settles(expect: ReturnType<typeof readExpectations>): string | null {
  const expectation = expect(SHARE);
  assert(expectation.kind === "expected");
  return expectation.settlementDate;
}

Deno.test("readExpectations() goes by the published calendars without a file", () => {
  assert.equal(settles(readExpectations(new Map())), "2026-11-24");
});

Deno.test("readExpectations() lays the file's closures over them", () => {
  assert.equal(settles(readExpectations(env, () => JSON.stringify(STORM))), "2026-11-25");
});

for (const [name, text] of [["no closures", "{}"], ["no JSON", "{"]] as const) {
  Deno.test(`readExpectations() refuses a file with ${name}, and names it`, () => {
    assert.throws(() => readExpectations(env, () => text), (error) => {
      assert(error instanceof SettingError);
      assert.match(error.faults.join("\n"), /closures\.json/);
      return true;
    });
  });
}

Deno.test("readExpectations() refuses a file that is not there", () => {
  const missing = new Map([["CALENDAR_CLOSURES_FILE", "/no/such/file.json"]]);
  assert.throws(() => readExpectations(missing), /CALENDAR_CLOSURES_FILE cannot be read/);
});
