import assert from "node:assert/strict";
import { type Migration, readMigrations, SchemaError, schemaVersion, toMissing } from "./migrate.ts";

const file = (version: number, checksum = `sum ${version}`): Migration => ({
  version,
  name: `000${version}_x.sql`,
  sql: "",
  checksum,
});
const KNOWN = [file(1), file(2), file(3)];

const CASES: { name: string; applied: Migration[]; missing: number[] | RegExp }[] = [
  { name: "a new database", applied: [], missing: [1, 2, 3] },
  { name: "one that is behind", applied: [file(1)], missing: [2, 3] },
  { name: "one that is current", applied: KNOWN, missing: [] },
  {
    name: "one that is newer",
    applied: [...KNOWN, file(4)],
    missing: /0004_x.sql, this code knows versions up to 3/,
  },
  { name: "a file that was changed", applied: [file(1, "other")], missing: /0001_x.sql is not the file/ },
  {
    name: "a file put in between",
    applied: [file(1), file(3)],
    missing: /0002_x.sql comes before version 3/,
  },
];

for (const { name, applied, missing } of CASES) {
  Deno.test(`toMissing() judges ${name}`, () => {
    if (missing instanceof RegExp) {
      assert.throws(
        () => toMissing(KNOWN, applied),
        (e) => e instanceof SchemaError && missing.test(e.message),
      );
    } else assert.deepEqual(toMissing(KNOWN, applied).map(({ version }) => version), missing);
  });
}

Deno.test("readMigrations() finds versions that count up from 1 without a gap", async () => {
  const versions = (await readMigrations()).map(({ version }) => version);
  assert.deepEqual(versions, versions.map((_, index) => index + 1));
  assert.equal(await schemaVersion(), versions.length);
});
