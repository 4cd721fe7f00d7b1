/**
 * Dead letters in a real browser: they come up by themselves, and show what was wrong with them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { assertAccessible } from "./axe.ts";
import { atDesk, button } from "./desk.ts";
import { worldTest } from "./harness.ts";
import { booking, execution } from "./messages.ts";
import { until } from "./programs.ts";
import { startWeb } from "./web_world.ts";

worldTest("what was set aside comes up by itself, and shows what was wrong with it", async (world) => {
  const web = await startWeb(world);
  world.start("consume");
  await world.sendTrades([{ key: "P", value: JSON.stringify(booking({ quantity: "1e400" })) }]);
  await until("one is set aside", async () => {
    const [row] = await world.database.query("select to_regclass('dead_letters') is not null as there");
    return row!.there === true && (await web.json("/api/v1/dead-letters")).items.length === 1;
  });
  await atDesk(web, async ({ sit }) => {
    const page = await sit(null, "/dead-letters");
    const list = page.getByRole("region", { name: "Records set aside, table" });
    await list.getByRole("row", { name: "Out of range" }).hover();
    await world.sendFix([{ key: "O-1", value: execution({ 54: "Q" }) }]);
    await button(page, "1 new: show").click();
    await list.getByRole("row").nth(2).waitFor();
    await assertAccessible(page, "dead letters");
    await page.getByRole("navigation", { name: "Reasons" }).getByRole("link", { name: /^Out of range/ })
      .click();
    await page.waitForURL(/code=out_of_range/);
    await list.getByRole("link", { name: "Out of range, dead letter 1" }).click();
    await page.getByText("Cannot read quantity").waitFor();
    assert.match(
      await page.getByRole("region", { name: "JSON" }).innerText(),
      /\n {2}"quantity": "1e400",\n/,
    );
    await assertAccessible(page, "a dead letter of JSON");
    await page.goto(`${web.url}/dead-letters/2`);
    assert.match(await page.locator("#m0 .faulty").innerText(), /54\s+Side\s+Q/);
    assert.match(await page.getByRole("region", { name: "Bytes" }).innerText(), /000000 {2}38 3d 46 49 58/);
    await assertAccessible(page, "a dead letter of FIX");
    // More than a page at once: what is shown has no gap.
    await page.goto(`${web.url}/dead-letters`);
    await page.getByText("Live", { exact: true }).waitFor();
    await world.sendTrades(Array.from({ length: 60 }, (_, n) => ({ key: "P", value: `no JSON ${n}` })));
    await page.getByRole("link", { name: "All 62" }).waitFor();
    await until("the newest page is shown", async () => await list.getByRole("row").count() === 51);
    await list.getByRole("link", { name: "More" }).click();
    await until("all are shown", async () => await list.getByRole("row").count() === 63);
    for (const path of ["/dead-letters", "/dead-letters/1", "/dead-letters/2"]) {
      await page.setViewportSize({ width: 320, height: 800 });
      await page.goto(web.url + path);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert(wide <= 320, `${path} needs ${wide} px`);
    }
  });
});
