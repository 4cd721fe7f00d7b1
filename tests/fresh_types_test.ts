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
  return await check(fileURLToPath(new URL("_fresh/server.ts", app.root)));
}

async function check(file: string): Promise<string> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["check", file],
    env: { NO_COLOR: "1" },
    stderr: "piped",
  });
  const { success, stderr } = await command.output();
  return success ? "" : new TextDecoder().decode(stderr);
}

Deno.test("the routes and islands of web/ pass the type checker", async () => {
  await openBuild();
  // By way of another file, since deno.json keeps the checker out of what is generated.
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(file, `import "${import.meta.resolve("../web/_fresh/server.ts")}";\n`);
  assert.equal(await check(file), "");
  await Deno.remove(file);
});

Deno.test("the manifest of the fixture passes the type checker", async () => {
  assert.equal(await complaintsOf({}), "");
});

const REFUSED: [what: string, file: string, text: string, complaint: RegExp][] = [
  [
    "an island with a function among its props",
    "islands/Shallow.tsx",
    "export default ({ save }: { save: () => void }) => <button type='button' onClick={save} />;",
    /may not hold functions".[^"]*"islands\/Shallow"/s,
  ],
  [
    "an island with a function deep in its props",
    "islands/Deep.tsx",
    "export const Bad = ({ rows }: { rows: { format?: (n: number) => string }[] }) => <p>{rows.length}</p>;",
    /may not hold functions".[^"]*"islands\/Deep"/s,
  ],
  [
    "a route with Fresh's config",
    "routes/configured.tsx",
    "export const config = { skipAppWrapper: true };\nexport default () => <p />;",
    /config.*"\/configured"/s,
  ],
  [
    "what fresh does not export here",
    "routes/partial.tsx",
    "import { Partial } from 'fresh/runtime';\nexport default () => <Partial />;",
    /no exported member 'Partial'/,
  ],
];

Deno.test("the type checker refuses what does not exist here or cannot travel", async (test) => {
  const complaints = await complaintsOf(Object.fromEntries(REFUSED.map(([, file, text]) => [file, text])));
  for (const [what, , , complaint] of REFUSED) {
    await test.step(what, () => assert.match(complaints, complaint));
  }
});
