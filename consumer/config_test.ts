import assert from "node:assert/strict";
import { SettingError } from "../shared/platform/env.ts";
import { readConfig } from "./config.ts";

const env = (settings: Record<string, string> = {}) => new Map(Object.entries(settings));
const DATABASE_URL = "postgres://u:p@h/d";

Deno.test("readConfig() needs the database alone", () => {
  const { group, topics, validation, graceSeconds, missing } = readConfig(env({ DATABASE_URL }));
  assert.deepEqual({ group, topics, validation, graceSeconds, missing }, {
    group: "breakwater",
    topics: { trades: "trades", fix: "fix-trades", partitions: 6 },
    validation: "strict",
    graceSeconds: 30,
    missing: "both",
  });
});

Deno.test("readConfig() names all faults at once", () => {
  const settings = env({ FIX_VALIDATION: "loose", RECONCILE_GRACE_SECONDS: "-1", RECONCILE_MISSING: "none" });
  assert.throws(() => readConfig(settings), (error) => {
    assert(error instanceof SettingError);
    assert.deepEqual(error.faults.map((fault) => fault.split(" ")[0]), [
      "DATABASE_URL",
      "FIX_VALIDATION",
      "RECONCILE_GRACE_SECONDS",
      "RECONCILE_MISSING",
    ]);
    return true;
  });
});
