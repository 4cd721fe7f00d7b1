/**
 * The end of a business date on a real database: signed once, frozen while the breaks go on, and provable.
 */

import assert from "node:assert/strict";
import { findAltered } from "../consumer/audit.ts";
import { dayOf } from "../shared/reconcile/sla.ts";
import { CALENDARS } from "../shared/trade/calendar/calendars.ts";
import { firstOpen } from "../shared/trade/calendar/settle.ts";
import { openBreaks } from "./break_world.ts";
import { type World, worldTest } from "./harness.ts";
import { startWeb, type Web } from "./web_world.ts";

/** The last business date that is not to come: nobody signs a Sunday off. */
function lastBusinessDate(): string {
  let day = Temporal.PlainDate.from(dayOf(Date.now()));
  while (firstOpen([CALENDARS.XNYS], day.toString()) !== day.toString()) day = day.subtract({ days: 1 });
  return day.toString();
}

/** Breaks that the last business date saw, whatever day the test runs on. */
async function withBreaks(world: World): Promise<Web> {
  await openBreaks(world, [
    { type: "price", notionalUsd: "27150.00" },
    { type: "price", notionalUsd: "30000000.00" },
    { type: "quantity", notionalUsd: "27150.00" },
  ]);
  await world.database.query(
    "update breaks set opened_at = $1::date + interval '15 hours', owner = case id when 1 then 'anna' end",
    [lastBusinessDate()],
  );
  return await startWeb(world);
}

async function sign(web: Web, body: unknown, actor: string | null = "olga") {
  const response = await fetch(`${web.url}/api/v1/sign-offs`, {
    method: "POST",
    headers: actor === null ? {} : { "x-breakwater-user": actor },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

worldTest("a business date is signed off once, and stays as it was while its breaks go on", async (world) => {
  const web = await withBreaks(world);
  const date = lastBusinessDate();
  const { status, body } = await sign(web, { date, text: "all known" });
  assert.equal(status, 201, JSON.stringify(body));
  assert.deepEqual(
    [body.business_date, body.signed_by, body.text, body.breaks, body.opened, body.closed],
    [date, "olga", "all known", 3, 3, 0],
  );
  assert.equal(body.notional_usd, "30054300.00");
  assert.deepEqual(body.by_severity, {
    critical: { breaks: 1, notional_usd: "30000000.00" },
    low: { breaks: 1, notional_usd: "27150.00" },
    medium: { breaks: 1, notional_usd: "27150.00" },
  });
  assert.deepEqual(Object.keys(body.by_owner).sort(), ["", "anna"]);

  const frozen = await web.json(`/api/v1/sign-offs/${date}`);
  assert.deepEqual(frozen.items.map(({ severity }: { severity: string }) => severity), [
    "critical",
    "medium",
    "low",
  ]);
  await world.database.query(
    "select change_break(1, version, 'close', 'system', 'agreed') from breaks where id = 1",
  );
  await fetch(`${web.url}/api/v1/breaks/2/assign`, {
    method: "POST",
    headers: { "x-breakwater-user": "ben" },
    body: JSON.stringify({ version: 1 }),
  });
  assert.deepEqual(await web.json(`/api/v1/sign-offs/${date}`), frozen);

  const again = await sign(web, { date }, "ben");
  assert.deepEqual([again.status, again.body.code, again.body.signOff.signed_by], [409, "signed", "olga"]);
  assert.deepEqual(await findAltered(world.database), []);
});

worldTest("of two who sign one date one is told who did", async (world) => {
  const web = await withBreaks(world);
  const date = lastBusinessDate();
  const both = await Promise.all([sign(web, { date }, "anna"), sign(web, { date }, "ben")]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409]);
  const [won, lost] = both[0].status === 201 ? both : both.toReversed();
  assert.equal(lost!.body.signOff.signed_by, won!.body.signed_by);
});

worldTest("what opens after a business date is no part of its sign-off", async (world) => {
  const web = await withBreaks(world);
  const before = Temporal.PlainDate.from(lastBusinessDate()).subtract({ days: 7 }).toString();
  const date = firstOpen([CALENDARS.XNYS], before);
  await world.database.query("update breaks set opened_at = $1::date + interval '15 hours' where id = 2", [
    date,
  ]);
  const { body } = await sign(web, { date });
  assert.deepEqual([body.breaks, body.opened, body.overdue], [1, 1, 1]);
  const page = await web.json("/api/v1/sign-offs?limit=1");
  assert.deepEqual([page.items.length, page.next], [1, null]);
  await sign(web, { date: lastBusinessDate() });
  const first = await web.json("/api/v1/sign-offs?limit=1");
  const rest = await web.json(`/api/v1/sign-offs?limit=1&cursor=${first.next}`);
  assert.deepEqual(
    [first.items[0].business_date, rest.items[0].business_date, rest.next],
    [lastBusinessDate(), date, null],
  );
});

worldTest("a date that cannot be signed is refused with its reason", async (world) => {
  const web = await withBreaks(world);
  const REFUSED: [body: unknown, actor: string | null, status: number, says: RegExp][] = [
    [{ date: "2028-11-22" }, "olga", 422, /still to come/],
    [{ date: "2026-07-04" }, "olga", 422, /no business day/],
    [{ date: "2019-07-03" }, "olga", 422, /outside the covered years/],
    [{ date: "2026-02-30" }, "olga", 400, /date/],
    [{}, "olga", 400, /date/],
    [{ date: "2026-07-06" }, null, 400, /X-Breakwater-User/],
  ];
  for (const [body, actor, status, says] of REFUSED) {
    const refused = await sign(web, body, actor);
    assert.equal(refused.status, status, JSON.stringify(refused.body));
    assert.match(refused.body.detail, says);
  }
  assert.equal((await web.get("/api/v1/sign-offs/2026-07-06")).status, 404);
});

worldTest(
  "audit:verify finds a sign-off that was altered, removed or signed on another log",
  async (world) => {
    const { database } = world;
    const web = await withBreaks(world);
    const date = lastBusinessDate();
    await sign(web, { date });
    const places = async () =>
      (await findAltered(database)).map((line) => line.split(" ").slice(0, 3).join(" "));
    assert.deepEqual(await places(), []);
    await assert.rejects(() => database.query("update sign_offs set signed_by = 'x'"), /append-only/);
    await assert.rejects(() => database.query("delete from sign_off_breaks"), /append-only/);
    await assert.rejects(() => database.query("update audit_events set actor = 'x'"), /append-only/);

    const tamper = async (sql: string, says: RegExp) => {
      await database.transaction(async (tx) => {
        await tx.query("set local session_replication_role = replica");
        await tx.query(sql);
        const found = (await findAltered(tx)).join("\n");
        assert.match(found, says, sql);
        throw new Error("rolled back");
      }).catch((error) => assert.equal(error.message, "rolled back"));
    };
    await tamper(
      "update sign_off_breaks set owner = 'ben' where break_id = 1",
      /sign-off .* breaks that were altered/,
    );
    await tamper("delete from sign_off_breaks where break_id = 1", /sign-off .* breaks that were altered/);
    await tamper("update sign_offs set overdue = overdue + 1", /sign-off .* says something else/);
    await tamper("delete from sign_offs", /sign-off .* was removed/);
    await tamper("delete from audit_events", /sign-off .* has no event/);
    await tamper("update audit_events set actor = 'x'", /decision \d+ \(sign_off .* does not follow/);
    await tamper(
      "delete from break_events where break_id = 3",
      /sign-off .* signed on a log of breaks that was another/,
    );
    assert.deepEqual(await places(), []);
  },
);
