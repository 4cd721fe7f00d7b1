/**
 * The work on a break through the API, on a real database: who may do what, what a stale view is told, and a log
 * that shows when it was altered.
 */

import assert from "node:assert/strict";
import { findAltered } from "../consumer/audit.ts";
import { one, type World, worldTest } from "./harness.ts";
import { booking, execution } from "./messages.ts";
import { assertRecounts } from "./recount.ts";
import { startWeb, type Web, write } from "./web_world.ts";

async function withBreak(world: World): Promise<Web> {
  await write(world, [booking()], [execution({ 31: "272.50" })]);
  return await startWeb(world);
}

async function act(web: Web, action: string, actor: string | null, body: unknown) {
  const headers = { "content-type": "application/json", ...(actor ? { "x-breakwater-user": actor } : {}) };
  const payload = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(`${web.url}/api/v1/breaks/1/${action}`, {
    method: "POST",
    headers,
    body: payload,
  });
  return { status: response.status, body: await response.json() };
}

worldTest(
  "a break goes from open over review to a write-off that a second person approves",
  async (world) => {
    const web = await withBreak(world);
    const assigned = await act(web, "assign", "anna", { version: 1, owner: "ben" });
    assert.deepEqual([assigned.status, assigned.body.status, assigned.body.owner], [200, "assigned", "ben"]);
    await act(web, "review", "ben", { version: 2 });
    const cause = { text: "too small to chase", rootCause: "fat finger", responsible: "broker" };
    const asked = await act(web, "write-off", "ben", { version: 3, ...cause });
    assert.equal(asked.body.status, "pending_approval");

    const alone = await act(web, "approve", "ben", { version: 4 });
    assert.deepEqual([alone.status, alone.body.code], [403, "four_eyes"]);
    const approved = await act(web, "approve", "anna", { version: 4, text: "agreed" });
    assert.deepEqual([approved.body.status, approved.body.closed_by], ["written_off", "anna"]);
    assert.equal((await one(world.database, "select status from trades")).status, "pending_confirmation");
    await assertRecounts(world.database);

    const story = await web.json("/api/v1/breaks/1");
    const actions = story.events.map(({ action }: { action: string }) => action);
    assert.deepEqual(actions, ["approve", "write-off", "review", "assign", "open"]);

    const reopened = await act(web, "reopen", "anna", { version: 5, text: "they do owe us" });
    assert.equal(reopened.body.status, "open");
    assert.equal((await one(world.database, "select status from trades")).status, "break");
    await assertRecounts(world.database);
  },
);

worldTest("of two analysts on one break the second is told what the first did", async (world) => {
  const web = await withBreak(world);
  const [a, b] = await Promise.all([
    act(web, "assign", "anna", { version: 1 }),
    act(web, "assign", "ben", { version: 1 }),
  ]);
  const [won, lost] = a.status === 200 ? [a, b] : [b, a];
  assert.deepEqual([won.status, lost.status], [200, 409]);
  assert.equal(lost.body.break.owner, won.body.owner);
  assert.equal(lost.body.break.version, 2);
});

worldTest("an action that cannot be is refused with its reason", async (world) => {
  const web = await withBreak(world);
  const REFUSED: { action: string; actor: string | null; body: unknown; status: number; says: RegExp }[] = [
    { action: "assign", actor: null, body: { version: 1 }, status: 400, says: /X-Breakwater-User/ },
    { action: "assign", actor: "system", body: { version: 1 }, status: 400, says: /X-Breakwater-User/ },
    { action: "assign", actor: "anna", body: {}, status: 400, says: /version/ },
    { action: "assign", actor: "anna", body: "{", status: 400, says: /JSON/ },
    { action: "assign", actor: "anna", body: { version: 1, ownr: "x" }, status: 400, says: /ownr/ },
    { action: "comment", actor: "anna", body: { version: 1 }, status: 422, says: /needs a text/ },
    { action: "reopen", actor: "anna", body: { version: 1 }, status: 422, says: /open/ },
    { action: "approve", actor: "anna", body: { version: 1 }, status: 422, says: /open/ },
    { action: "close", actor: "anna", body: { version: 1 }, status: 404, says: /nothing at/ },
  ];
  for (const { action, actor, body, status, says } of REFUSED) {
    const refused = await act(web, action, actor, body);
    assert.equal(refused.status, status, `${action}: ${JSON.stringify(refused.body)}`);
    assert.match(refused.body.detail, says);
  }
  assert.equal((await web.json("/api/v1/breaks/1")).version, 1);
});

worldTest(
  "the log of breaks shows an altered row and a removed one, and cannot be changed in passing",
  async (world) => {
    const { database } = world;
    const web = await withBreak(world);
    await act(web, "comment", "anna", { version: 1, text: "called them" });
    await act(web, "resolve", "anna", { version: 2, text: "they agree" });
    const places = async () => (await findAltered(database)).map((line) => /^\w+ \d+/.exec(line)![0]);
    assert.deepEqual(await places(), []);
    await assert.rejects(() => database.query("update break_events set text = 'x'"), /append-only/);
    await database.query("alter table break_events disable trigger break_events_append_only");
    await database.query("update break_events set text = 'x' where id = 2");
    assert.deepEqual(await places(), ["event 2"]);
    await database.query("delete from break_events where id = 2");
    assert.deepEqual(await places(), ["event 3", "break 1"]);
    await database.query("delete from break_events where id = 3");
    assert.deepEqual(await places(), ["break 1"], "the end of the log was cut off");
  },
);
