/**
 * The page of the system in a real browser: live while records come in, true about what stands still, and there when
 * the database is not.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { assertAccessible } from "./axe.ts";
import { atDesk } from "./desk.ts";
import { worldTest } from "./harness.ts";
import { booking } from "./messages.ts";
import { openProxy } from "./proxy.ts";
import { startWeb, write } from "./web_world.ts";

const table = (page: Page, name: string) => page.getByRole("region", { name: `${name}, table` });
const part = (page: Page, name: string) =>
  page.getByRole("list", { name: "Parts" }).getByRole("listitem").filter({
    has: page.getByRole("heading", { name }),
  });

worldTest("the system shows what consumers read, by partition, and what they set aside", async (world) => {
  await write(world, []);
  const web = await startWeb(world);
  await atDesk(web, async ({ sit }) => {
    const page = await sit(null, "/system");
    await page.getByText("No consumer has reported.").first().waitFor();
    await part(page, "Consumer").getByText("Degraded").waitFor();
    const consumer = world.start("consume");
    await world.sendTrades([
      { key: "T-1", value: JSON.stringify(booking()) },
      { key: "P", value: JSON.stringify(booking({ quantity: "1e400" })) },
    ]);
    await part(page, "Consumer").getByText("OK").waitFor();
    await table(page, "Consumer groups").getByText("Up to date").waitFor();
    await table(page, "Dead letters by reason").getByRole("link", { name: "Out of range" }).waitFor();
    await page.getByLabel("Table of Throughput").click();
    await page.getByRole("region", { name: "Throughput, numbers" }).getByRole("cell", { name: /^[12]$/ })
      .first().waitFor();
    const { figures, viewers } = await web.json("/api/v1/system");
    assert.equal(viewers, 1);
    assert.equal(
      await table(page, "Lag by partition").getByRole("row").count(),
      figures.partitions.length + 1,
    );
    assert.equal(figures.minutes.length, 30);
    await assertAccessible(page, "system");

    consumer.kill("SIGKILL");
    await table(page, "Consumer groups").getByText("Silent").waitFor();
    await part(page, "Consumer").getByText("Degraded").waitFor();
  });
});

worldTest("a stage that is past its due date is counted until the trade moves on", async (world) => {
  const late = { exec_id: null, trade_date: "2026-11-17", settlement_date: "2026-11-18" };
  await write(world, [
    booking({ ...late, trade_id: "S-1", status: "settlement_pending" }),
    booking({ ...late, trade_id: "S-2", status: "confirmed" }),
    booking({ ...late, trade_id: "S-3" }),
    booking({ ...late, trade_id: "S-4", status: "settled" }),
    booking({ ...late, trade_id: "S-5", status: "confirmed", settlement_date: "2099-01-04" }),
  ]);
  const web = await startWeb(world);
  await atDesk(web, async ({ sit }) => {
    const page = await sit(null, "/system");
    const stuck = table(page, "Stuck stages");
    const link = (stage: string) => stuck.getByRole("link", { name: `1 trade still ${stage}` });
    for (const stage of ["Pending confirmation", "Confirmed", "Settlement pending"]) {
      await link(stage).waitFor();
    }
    for (const [stage, trade] of [["Pending confirmation", "S-3"], ["Confirmed", "S-2"]] as const) {
      const { items } = await web.json(`/api/v1${await link(stage).getAttribute("href")}`);
      assert.deepEqual(items.map(({ trade_id }: { trade_id: string }) => trade_id), [trade]);
    }
    await write(world, [booking({ ...late, trade_id: "S-1", version: 2, status: "settled" })]);
    await link("Settlement pending").waitFor({ state: "detached" });
    await link("Confirmed").waitFor();
  });
});

worldTest("stuck trades are counted by their index, whatever the number of trades", async (world) => {
  await write(world, []);
  await world.database.query(
    `insert into trades select (jsonb_populate_record(null::trades, $1::jsonb || jsonb_build_object(
      'trade_id', 'M-' || n, 'stage', case when n % 1000 = 0 then 'confirmed' else 'settled' end))).*
    from generate_series(1, 5000) n`,
    [
      JSON.stringify({
        ...booking({ exec_id: null, status: "settled", settlement_date: "2026-11-18" }),
        notional_usd: "1",
        booked_at: "2026-11-17T12:00:00Z",
        first_seen_at: "2026-11-17T12:00:00Z",
        updated_at: "2026-11-17T12:00:00Z",
      }),
    ],
  );
  await world.database.query("analyze trades");
  const plan = await world.database.query(
    `explain select stage, settlement_date from trades where stage not in ('settled', 'cancelled')
      and stage <> 'pending_confirmation' and settlement_date < current_date limit 100000`,
  );
  assert.match(JSON.stringify(plan), /trades_unsettled/);
});

worldTest(
  "a database that goes away is said at once; what was last known stays, with its age",
  async (world) => {
    await write(world, [booking()]);
    const far = new URL(world.settings.DATABASE_URL!);
    const proxy = openProxy(far.hostname, Number(far.port));
    try {
      const near = new URL(far);
      near.host = `127.0.0.1:${proxy.port}`;
      const web = await startWeb(world, { DATABASE_URL: near.href });
      await atDesk(web, async ({ sit }) => {
        const page = await sit(null, "/system");
        await part(page, "Database").getByText("PostgreSQL").waitFor();
        const asOf = await page.locator(".as-of time").getAttribute("datetime");
        proxy.cut();
        await part(page, "Database").getByText("Away").waitFor();
        await page.getByText("Database away").waitFor();
        await page.getByText(/data as of .* old/).waitFor();
        const stays = await page.locator(".as-of time").getAttribute("datetime");
        assert(Date.parse(stays!) - Date.parse(asOf!) < 10_000, "the age is that of the figures");
        await page.getByRole("region", { name: "Stuck stages" }).waitFor();
        proxy.heal();
        await page.getByText("Live", { exact: true }).waitFor();
        await part(page, "Database").getByText("OK").waitFor();
      });
    } finally {
      proxy.close();
    }
  },
);

worldTest("the system is told without its database, without a script and on a phone", async (world) => {
  const away = await startWeb(world, { DATABASE_URL: "postgres://nobody@127.0.0.1:9/nothing" });
  await atDesk(away, async ({ sit }) => {
    const page = await sit(null, "/system", { javaScriptEnabled: false });
    await part(page, "Database").getByText("Away").waitFor();
    await page.getByText("Nothing is known while the database is away").waitFor();
  });
  await write(world, [booking()]);
  const web = await startWeb(world);
  await atDesk(web, async ({ sit }) => {
    const page = await sit(null, "/system", { javaScriptEnabled: false });
    await part(page, "Database").getByText("PostgreSQL").waitFor();
    const dark = await sit(null, "/system", { colorScheme: "dark" });
    await assertAccessible(dark, "system, dark");
    for (const width of [320, 760, 1024, 2560]) {
      await dark.setViewportSize({ width, height: 900 });
      const wide = await dark.evaluate(() => document.documentElement.scrollWidth);
      assert(wide <= width, `system needs ${wide} of ${width} px`);
    }
  });
});
