import assert from "node:assert/strict";
import { readViews, VIEWS_MAX, withView } from "./views.ts";

Deno.test("readViews() leaves out what is no view", () => {
  const stored = JSON.stringify([{ name: "Breaks", query: "status=break" }, { name: "" }, null, 7]);
  assert.deepEqual(readViews(stored), [{ name: "Breaks", query: "status=break" }]);
  assert.deepEqual([readViews(null), readViews("{"), readViews("{}")], [[], [], []]);
});

Deno.test("withView() replaces one of the same name, by name, up to a limit", () => {
  const views = withView([{ name: "B", query: "1" }, { name: "C", query: "2" }], { name: "B", query: "3" });
  assert.deepEqual(withView(views, { name: "A", query: "" }).map(({ name, query }) => name + query), [
    "A",
    "B3",
    "C2",
  ]);
  const many = Array.from({ length: VIEWS_MAX }, (_, n) => ({ name: `V${n}`, query: "" }));
  assert.equal(withView(many, { name: "Z", query: "" }).length, VIEWS_MAX);
});
