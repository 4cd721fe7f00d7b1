import assert from "node:assert/strict";
import { Dictionaries } from "../fix/mod.ts";
import {
  AFFIRMATION_STATUSES,
  ALLOCATION_STATUSES,
  CONFIRMATION_STATUSES,
  meaningOf,
  POST_TRADE_FIELDS,
  POST_TRADE_REASONS,
  type PostTradeField,
} from "./post_trade_codes.ts";

const dictionaries = new Dictionaries();
const VERSIONS = [["FIX.4.2"], ["FIX.4.4"], ["FIXT.1.1", "9"]] as const;

for (const { tag, name, codes } of Object.values<PostTradeField>(POST_TRADE_FIELDS)) {
  Deno.test(`POST_TRADE_FIELDS has every value that a dictionary gives ${name} (${tag}), and no other`, () => {
    const known = new Set(VERSIONS.flatMap(([beginString, applVerId]) => {
      const field = dictionaries.find(beginString, applVerId)?.field(tag);
      if (field !== undefined) assert.equal(field.name, name);
      return [...field?.values.keys() ?? []];
    }));
    assert.deepEqual(codes.map(({ value }) => value).toSorted(), [...known].toSorted());
  });
}

const STATUSES: { field: keyof typeof POST_TRADE_FIELDS; allowed: readonly string[] }[] = [
  { field: "allocStatus", allowed: ALLOCATION_STATUSES },
  { field: "confirmStatus", allowed: CONFIRMATION_STATUSES },
  { field: "affirmStatus", allowed: AFFIRMATION_STATUSES },
];
for (const { field, allowed } of STATUSES) {
  Deno.test(`POST_TRADE_FIELDS gives every ${field} a status`, () => {
    const { codes }: PostTradeField = POST_TRADE_FIELDS[field];
    for (const { value, status } of codes) {
      assert(status !== undefined && allowed.includes(status), value);
    }
  });
}

const MEANINGS: { field: keyof typeof POST_TRADE_FIELDS; value: string; want: string }[] = [
  { field: "allocStatus", value: "0", want: "accepted" },
  { field: "allocStatus", value: "2", want: "rejected account" },
  { field: "allocRejCode", value: "4", want: "commission" },
  { field: "confirmStatus", value: "3", want: "mismatched settlement_instructions_missing" },
  { field: "confirmStatus", value: "4", want: "confirmed" },
  { field: "affirmStatus", value: "3", want: "affirmed" },
  { field: "matchStatus", value: "1", want: "unmatched" },
  { field: "dkReason", value: "B", want: "side" },
  { field: "confirmRejReason", value: "7", want: "other" },
];
for (const { field, value, want } of MEANINGS) {
  Deno.test(`meaningOf() reads ${field} ${value} as ${want}`, () => {
    const { status, reason } = meaningOf(field, value);
    assert.equal([status, reason].filter(Boolean).join(" "), want);
    assert(reason === undefined || POST_TRADE_REASONS.includes(reason));
  });
}
