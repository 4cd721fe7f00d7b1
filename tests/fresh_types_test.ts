/**
 * What the type checker refuses in routes and islands: the generated manifest holds them against what exists here.
 *
 * @module
 */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { openBuild } from "../web/fresh/build.ts";
import { openTestApp } from "./fresh_app.ts";

/** Of `deno check` on the manifest of the fixture with these files beside its own; "" if it is content. */
async function complaintsOf(files: Record<string, string>): Promise<string> {
  await using app = await openTestApp();
  for (const [file, text] of Object.entries(files)) await Deno.writeTextFile(new URL(file, app.root), text);
  await openBuild(app.root).catch(() => {}); // What cannot even be imported is checked all the same.
  const args = ["check", fileURLToPath(new URL("_fresh/server.ts", app.root))];
  const { success, stderr } = await new Deno.Command(Deno.execPath(), { args, stderr: "piped" }).output();
  return success ? "" : new TextDecoder().decode(stderr);
}

Deno.test("the manifest passes the type checker", async () => {
  assert.equal(await complaintsOf({}), "");
});

const REFUSED: [what: string, file: string, text: string, complaint: RegExp][] = [
  [
    "an island with a function among its props",
    "islands/Bad.tsx",
    "export default ({ save }: { save: () => void }) => <button type='button' onClick={save} />;",
    /may not hold functions/,
  ],
  [
    "an island with a function deep in its props",
    "islands/Bad.tsx",
    "export const Bad = ({ rows }: { rows: { format?: (n: number) => string }[] }) => <p>{rows.length}</p>;",
    /may not hold functions/,
  ],
  [
    "a route with Fresh's config",
    "routes/bad.tsx",
    "export const config = { skipAppWrapper: true };\nexport default () => <p />;",
    /config/,
  ],
  [
    "what fresh does not export here",
    "routes/bad.tsx",
    "import { Partial } from 'fresh/runtime';\nexport default () => <Partial />;",
    /Partial/,
  ],
];

for (const [what, file, text, complaint] of REFUSED) {
  Deno.test(`the type checker refuses ${what}`, async () => {
    assert.match(await complaintsOf({ [file]: text }), complaint);
  });
}
