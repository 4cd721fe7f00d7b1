import assert from "node:assert/strict";
import type { FaultCode } from "./faults.ts";
import { businessRejectReason, sessionRejectReason } from "./reject_reasons.ts";

const none = undefined;
const CASES: [
  code: FaultCode,
  fix42: number | undefined,
  fix44: number | undefined,
  fixt: number | undefined,
][] = [
  ["invalid_tag", 0, 0, 0],
  ["required_tag_missing", 1, 1, 1],
  ["tag_not_defined_for_message", 2, 2, 2],
  ["undefined_tag", 3, 3, 3],
  ["tag_without_value", 4, 4, 4],
  ["value_out_of_range", 5, 5, 5],
  ["bad_format", 6, 6, 6],
  ["comp_id", 9, 9, 9],
  ["sending_time", 10, 10, 10],
  ["invalid_msg_type", 11, 11, 11],
  ["tag_twice", none, 13, 13],
  ["tag_out_of_order", none, 14, 14],
  ["group_order", none, 15, 15],
  ["group_count", none, 16, 16],
  ["soh_in_value", none, 17, 17],
  ["unsupported_version", none, 99, 18],
  ["unsupported_msg_type", none, none, none],
  ["begin_string", none, none, none],
  ["body_length", none, none, none],
  ["checksum", none, none, none],
  ["garbled", none, none, none],
  ["header_order", none, none, none],
];
for (const [code, fix42, fix44, fixt] of CASES) {
  Deno.test(`sessionRejectReason() maps ${code}`, () => {
    const found = ["FIX.4.2", "FIX.4.4", "FIXT.1.1"].map((version) => sessionRejectReason(code, version));
    assert.deepEqual(found, [fix42, fix44, fixt]);
  });
}

Deno.test("businessRejectReason() answers a message that is not taken", () => {
  assert.equal(businessRejectReason("unsupported_msg_type"), 3);
});
