import assert from "node:assert/strict";
import { type Ancestor, isBroken, isWrapper } from "./ancestors.ts";

const TASK = { pid: 30, ppid: 20, isZombie: false };
const SHELL = { pid: 20, ppid: 10, isZombie: false };
const NPM = { pid: 10, ppid: 5, isZombie: false };
const CHAIN = [TASK, SHELL, NPM];

const CASES: { name: string; ppid?: number; seen: Ancestor[]; want: boolean }[] = [
  { name: "is false while everybody is there", seen: CHAIN, want: false },
  { name: "is true when our parent is another one", ppid: 1, seen: CHAIN, want: true },
  { name: "is true when npm is gone", seen: [TASK, { ...SHELL, ppid: 1 }], want: true },
  { name: "is true when npm is a zombie", seen: [TASK, SHELL, { ...NPM, isZombie: true }], want: true },
  {
    name: "is true when npm's id is another process's",
    seen: [TASK, { ...SHELL, ppid: 1 }, NPM],
    want: true,
  },
  { name: "is false when the user's shell is gone", seen: [TASK, SHELL, { ...NPM, ppid: 1 }], want: false },
];

for (const { name, ppid = 30, seen, want } of CASES) {
  Deno.test(`isBroken() ${name}`, () => assert.equal(isBroken(CHAIN, ppid, seen), want));
}

Deno.test("isBroken() is false without a chain", () => assert.equal(isBroken([], 1, []), false));

for (
  const command of [
    "npm exec deno@2.9.6 task demo",
    "sh -c 'deno' task demo",
    "/usr/bin/node /x/bin.cjs task",
  ]
) {
  Deno.test(`isWrapper() is true for ${command}`, () => assert(isWrapper(command)));
}

for (const command of ["-bash", "/bin/zsh", "tmux new", "/sbin/init", "denote file", "sshd: user"]) {
  Deno.test(`isWrapper() is false for ${command}`, () => assert(!isWrapper(command)));
}
