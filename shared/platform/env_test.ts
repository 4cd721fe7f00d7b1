import assert from "node:assert/strict";
import { choice, flag, integer, readAll, SettingError, text } from "./env.ts";

const env = (settings: Record<string, string> = {}) => new Map(Object.entries(settings));

const GOOD: { name: string; read: () => unknown; want: unknown }[] = [
  { name: "text() trims", read: () => text(env({ A: " x " }), "A"), want: "x" },
  { name: "text() falls back", read: () => text(env({ A: " " }), "A", { preset: "p" }), want: "p" },
  {
    name: "integer() reads",
    read: () => integer(env({ A: "12" }), "A", { preset: 1, min: 0, max: 20 }),
    want: 12,
  },
  { name: "integer() falls back", read: () => integer(env(), "A", { preset: 1, min: 5, max: 9 }), want: 1 },
  {
    name: "choice() ignores case",
    read: () => choice(env({ A: "LENIENT" }), "A", { of: ["strict", "lenient"], preset: "strict" }),
    want: "lenient",
  },
  { name: "flag() reads yes", read: () => flag(env({ A: "True" }), "A", { preset: false }), want: true },
  { name: "flag() reads no", read: () => flag(env({ A: "0" }), "A", { preset: true }), want: false },
];

for (const { name, read, want } of GOOD) Deno.test(name, () => assert.equal(read(), want));

const BAD: { name: string; read: () => unknown; says: RegExp }[] = [
  {
    name: "text() refuses nothing",
    read: () => text(env(), "A", { hint: "set it" }),
    says: /^A is not set: set it$/,
  },
  {
    name: "integer() refuses a fraction",
    read: () => integer(env({ A: "1.5" }), "A", { preset: 1, min: 0, max: 9 }),
    says: /^A must be a whole number from 0 to 9, not "1.5"$/,
  },
  {
    name: "integer() refuses one out of range",
    read: () => integer(env({ A: "-1" }), "A", { preset: 1, min: 0, max: 9 }),
    says: /from 0 to 9, not "-1"/,
  },
  {
    name: "choice() refuses another word",
    read: () => choice(env({ A: "x" }), "A", { of: ["a", "b"], preset: "a" }),
    says: /one of a, b, not "x"/,
  },
  {
    name: "flag() refuses a word",
    read: () => flag(env({ A: "maybe" }), "A", { preset: true }),
    says: /true or false/,
  },
];

for (const { name, read, says } of BAD) {
  Deno.test(
    name,
    () => assert.throws(read, (error) => error instanceof SettingError && says.test(error.message)),
  );
}

Deno.test("readAll() names every fault at once, each a line", () => {
  const read = () =>
    readAll({
      a: () => text(env(), "A"),
      b: () => "fine",
      c: () => integer(env({ C: "x" }), "C", { preset: 1, min: 0, max: 9 }),
    });
  assert.throws(read, (error) => {
    assert(error instanceof SettingError);
    assert.deepEqual(error.message.split("\n").map((line) => line.slice(0, 1)), ["A", "C"]);
    return true;
  });
});

Deno.test("readAll() lets other errors through", () => {
  assert.throws(() => readAll({ a: () => assert.fail("boom") }), /boom/);
});
