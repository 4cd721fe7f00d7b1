import assert from "node:assert/strict";
import { openLog, readLogLevel } from "./log.ts";

Deno.test("openLog() writes a line with instant, level and part", () => {
  const lines: string[] = [];
  const log = openLog("consumer", "info", (line) => lines.push(line));
  log.debug("not shown");
  log.info("wrote 2000 records in 85 ms");
  assert.equal(lines.length, 1);
  assert.match(
    lines[0]!,
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z info consumer wrote 2000 records in 85 ms$/,
  );
});

Deno.test("readLogLevel() takes info unless told otherwise", () => {
  assert.equal(readLogLevel(new Map()), "info");
  assert.equal(readLogLevel(new Map([["LOG_LEVEL", "warn"]])), "warn");
});
