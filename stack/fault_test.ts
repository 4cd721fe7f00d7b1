import assert from "node:assert/strict";
import { findCause, StackError, toStackError } from "./fault.ts";

const CASES: { name: string; output: string; want: RegExp }[] = [
  {
    name: "names a full disk",
    output: "initdb: write failed: No space left on device",
    want: /^the disk is full/,
  },
  {
    name: "knows the JVM's word for it",
    output: "a fault occurred in an unsafe memory access operation",
    want: /full/,
  },
  {
    name: "names a port taken meanwhile",
    output: "FATAL: could not bind IPv4 address",
    want: /^its port was taken/,
  },
  {
    name: "names memory that ran out",
    output: "java.lang.OutOfMemoryError: Java heap space",
    want: /^memory ran out/,
  },
  {
    name: "else quotes the last error",
    output: "LOG: a\nFATAL: bad data\nhint: b\n",
    want: /^FATAL: bad data$/,
  },
  { name: "else quotes the last line", output: "a\nb\n\n", want: /^b$/ },
  { name: "has a word for silence", output: "", want: /^it printed nothing$/ },
];

for (const { name, output, want } of CASES) {
  Deno.test(`findCause() ${name}`, async () => {
    assert.match(await findCause(output, "."), want);
  });
}

Deno.test("toStackError() puts a refusal of the system in words, and leaves our own faults alone", () => {
  const refused = toStackError(
    new Deno.errors.PermissionDenied("Permission denied (os error 13): mkdir '/x'"),
  );
  assert(refused instanceof StackError);
  assert.match(refused.message, /BREAKWATER_HOME/);
  const ours = new TypeError("undefined is not a function");
  assert.equal(toStackError(ours), ours);
});
