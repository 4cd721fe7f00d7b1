import assert from "node:assert/strict";
import { type Severity, severityOf } from "./severity.ts";

const CASES: [type: string, notionalUsd: string | null, want: Severity][] = [
  ["price", "1000.00", "low"],
  ["price", "499999.99", "low"],
  ["price", "500000", "medium"],
  ["price", "5000000.00", "high"],
  ["price", "25000000.00", "critical"],
  ["quantity", "1000.00", "medium"],
  ["quantity", "500000.00", "high"],
  ["missing_street", "5000000.00", "critical"],
  ["missing_street", "900000000.00", "critical"],
  ["missing_book", null, "high"],
  ["unaffirmed", null, "medium"],
  ["fees", "5000000.00", "low"],
  ["fees", "25000000.00", "medium"],
  ["late", null, "low"],
  ["a_type_to_come", "5000000", "high"],
];

for (const [type, notionalUsd, want] of CASES) {
  Deno.test(`severityOf() calls ${type} of ${notionalUsd ?? "unknown value"} ${want}`, () => {
    assert.equal(severityOf(type, notionalUsd), want);
  });
}
