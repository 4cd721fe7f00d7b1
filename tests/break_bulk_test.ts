/**
 * One action on many breaks, on a real database: what somebody else has changed is told and stops no other.
 */

import assert from "node:assert/strict";
import { findAltered } from "../consumer/audit.ts";
import { openPriceBreaks } from "./break_world.ts";
import { type World, worldTest } from "./harness.ts";
import { assertRecounts } from "./recount.ts";
import { startWeb, type Web } from "./web_world.ts";

async function withBreaks(world: World, count: number): Promise<Web> {
  await openPriceBreaks(world, count);
  return await startWeb(world);
}

async function bulk(web: Web, actor: string, body: unknown) {
  const response = await fetch(`${web.url}/api/v1/breaks/bulk`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-breakwater-user": actor },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

const at = (version: number, ...ids: number[]) => ids.map((id) => ({ id, version }));

worldTest("a bulk does what it can and tells of the rest how it is now", async (world) => {
  const web = await withBreaks(world, 4);
  const first = await bulk(web, "anna", { action: "assign", owner: "ben", breaks: at(1, 3, 1) });
  assert.deepEqual([first.status, first.body.done, first.body.refused], [200, 2, 0]);
  assert.deepEqual(
    first.body.items.map(({ id }: { id: number }) => id),
    [3, 1],
    "in the order of the request",
  );

  const second = await bulk(web, "carl", { action: "review", breaks: at(1, 1, 2, 99, 4) });
  const outcomes = second.body.items.map(
    ({ id, status, code, break: now }: Record<string, { owner: string; version: number } | null>) => [
      id,
      status,
      code,
      now?.owner,
      now?.version,
    ],
  );
  assert.deepEqual(outcomes, [
    [1, 409, "version", "ben", 2],
    [2, 200, undefined, "carl", 2],
    [99, 404, "no_break", undefined, undefined],
    [4, 200, undefined, "carl", 2],
  ]);
  assert.deepEqual([second.body.done, second.body.refused], [2, 2]);
  await assertRecounts(world.database);
  assert.deepEqual(await findAltered(world.database), []);
});

worldTest("a bulk write-off needs a second person for each of its breaks", async (world) => {
  const web = await withBreaks(world, 3);
  await bulk(web, "anna", { action: "write-off", text: "too small", breaks: at(1, 1, 2) });
  await bulk(web, "ben", { action: "force-match", text: "same trade", breaks: at(1, 3) });
  const { body } = await bulk(web, "Anna", { action: "approve", breaks: at(2, 1, 2, 3) });
  assert.deepEqual(
    body.items.map(({ status, code }: { status: number; code?: string }) => [status, code]),
    [[403, "four_eyes"], [403, "four_eyes"], [200, undefined]],
  );
  const approved = await bulk(web, "ben", { action: "approve", breaks: at(2, 1, 2) });
  assert.equal(approved.body.done, 2);
  const statuses = await world.database.query("select status from breaks order by id");
  assert.deepEqual(statuses.map(({ status }) => status), ["written_off", "written_off", "resolved"]);
});

worldTest("of two bulks on the same breaks each break follows one, and the other is told", async (world) => {
  const count = 40;
  const web = await withBreaks(world, count);
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  const [a, b] = await Promise.all([
    bulk(web, "anna", { action: "assign", breaks: at(1, ...ids) }),
    bulk(web, "ben", { action: "assign", breaks: at(1, ...ids.toReversed()) }),
  ]);
  assert.equal(a.body.done + b.body.done, count);
  assert.equal(a.body.refused + b.body.refused, count);
  for (const { status, break: now } of [...a.body.items, ...b.body.items]) {
    assert([200, 409].includes(status));
    assert.equal(now.version, 2);
  }
  await assertRecounts(world.database);
  assert.deepEqual(await findAltered(world.database), []);
});

worldTest("a bulk that says too much or too little is refused as a whole", async (world) => {
  const web = await withBreaks(world, 1);
  const REFUSED: [body: unknown, says: RegExp][] = [
    [{ action: "assign", breaks: [] }, /breaks/],
    [{ action: "assign", breaks: at(1, 1, 1) }, /twice/],
    [{ action: "close", breaks: at(1, 1) }, /action/],
    [{ action: "assign", breaks: [{ id: 1 }] }, /version/],
    [{ action: "assign", breaks: at(1, ...Array.from({ length: 501 }, (_, n) => n + 1)) }, /500/],
  ];
  for (const [body, says] of REFUSED) {
    const refused = await bulk(web, "anna", body);
    assert.equal(refused.status, 400);
    assert.match(refused.body.detail, says);
  }
  assert.equal((await web.json("/api/v1/breaks/1")).version, 1);
});
