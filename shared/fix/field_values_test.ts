import assert from "node:assert/strict";
import fc from "fast-check";
import { Fields } from "./fields.ts";
import { isPositiveAt, readDateAt, readDecimalAt, readTimestampAt } from "./field_values.ts";
import { fix } from "./testdata/fix.ts";
import { readDate, readDecimal, readTimestamp } from "./values.ts";

function fieldOf(value: string): Fields {
  const fields = new Fields();
  const bytes = fix(`60=${value}|`);
  fields.read(bytes, 0, bytes.length);
  return fields;
}

/** What a reader gives, or the message of what it throws. */
function outcome(read: () => string): string {
  try {
    return read();
  } catch (error) {
    return String(error);
  }
}

const anyShape = (shapes: string[], chars: string) =>
  fc.tuple(fc.constantFrom(...shapes), fc.nat(30), fc.constantFrom(...chars)).map(([shape, at, char]) =>
    shape.slice(0, at) + char + shape.slice(at + 1)
  );

const PAIRS = [
  {
    name: "readTimestampAt",
    fast: readTimestampAt,
    slow: readTimestamp,
    values: anyShape([
      "20260302-14:30:05",
      "20260228-23:59:59.125",
      "20161231-23:59:60",
      "20240229-00:00:00.1",
    ], "0369:-.x"),
  },
  {
    name: "readDateAt",
    fast: readDateAt,
    slow: readDate,
    values: anyShape(["20260302", "20240229"], "0369-x"),
  },
  {
    name: "readDecimalAt",
    fast: readDecimalAt,
    slow: readDecimal,
    values: anyShape(
      ["98.40625000", "0.5", ".5", "5.", "-12", "123456789012345678901", "0.123456789"],
      "05.-ex",
    ),
  },
];
for (const { name, fast, slow, values } of PAIRS) {
  Deno.test(`${name}() reads and refuses what ${slow.name}() does`, () => {
    fc.assert(
      fc.property(values, (value) => {
        assert.equal(outcome(() => fast(fieldOf(value), 0)), outcome(() => slow(60, value)));
      }),
      { numRuns: 2_000 },
    );
  });
}

Deno.test("isPositiveAt() is true of a number above zero alone", () => {
  const found = ["1", "0.01", "100", "0", "0.00", "-1"].map((value) => isPositiveAt(fieldOf(value), 0));
  assert.deepEqual(found, [true, true, true, false, false, false]);
});
