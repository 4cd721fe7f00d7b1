import assert from "node:assert/strict";
import fc from "fast-check";
import { problemOf, readUser } from "./who.ts";

const CASES: { name: string; cookies: string; want: string | null }[] = [
  { name: "among other cookies", cookies: "theme=dark; breakwater_user=anna; a=b", want: "anna" },
  { name: "with a space and an accent", cookies: "breakwater_user=Jos%C3%A9%20Ortiz", want: "José Ortiz" },
  { name: "nobody", cookies: "theme=dark", want: null },
  { name: "an emptied cookie", cookies: "breakwater_user=", want: null },
  { name: "another cookie's end", cookies: "not_breakwater_user=eve", want: null },
  { name: "what is no escape", cookies: "breakwater_user=%E0%A4", want: null },
  { name: "the program's own name", cookies: "breakwater_user=system", want: null },
];

for (const { name, cookies, want } of CASES) {
  Deno.test(`readUser() reads ${name}`, () => assert.equal(readUser(cookies), want));
}

Deno.test("problemOf() lets through only what a header can carry", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 20 }), (name) => {
    if (problemOf(name) === null) {
      assert.equal(new Headers({ "x-breakwater-user": name }).get("x-breakwater-user"), name);
    }
  }));
});
