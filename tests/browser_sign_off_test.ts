/**
 * The end of a day in a real browser: signed once, frozen, for everyone.
 *
 * @module
 */

import assert from "node:assert/strict";
import { CALENDARS } from "../shared/trade/calendar/mod.ts";
import { businessCalendar } from "../web/store/break_clock.ts";
import { toBusinessDay, today } from "../web/store/business_day.ts";
import { assertAccessible } from "./axe.ts";
import { atDesk, button, fillClosing, writeBreaks } from "./desk.ts";
import { type World, worldTest } from "./harness.ts";
import { startWeb } from "./web_world.ts";

/** The last business date that is over or on: today, unless nobody works. The breaks are moved to it. */
async function openToday({ database }: World): Promise<string> {
  const calendar = businessCalendar(CALENDARS);
  let date = today();
  while (toBusinessDay(date, calendar) === null) {
    date = Temporal.PlainDate.from(date).subtract({ days: 1 }).toString();
  }
  await database.query("update breaks set opened_at = $1", [toBusinessDay(date, calendar)!.since]);
  return date;
}

worldTest("a business date is signed off once, and shows what was open then", async (world) => {
  await writeBreaks(world, 1, 2);
  const web = await startWeb(world);
  const date = await openToday(world);
  await atDesk(web, async ({ sit }) => {
    const page = await sit("anna", "/sign-off", {}, false);
    await page.getByText("No date is signed yet.").waitFor();
    const sign = async () => {
      await page.getByLabel("Business date").fill(date);
      await page.getByLabel("What there is to say").fill("two to chase");
      await button(page, "Sign off…").click();
      await button(page.getByRole("dialog", { name: `Sign off ${date}` }), "Sign off").click();
    };
    await sign();
    await page.waitForURL(`**/sign-off/${date}`);
    const frozen = page.getByRole("region", { name: "What was open, table" });
    assert.equal(await frozen.getByRole("row").count(), 3);
    await assertAccessible(page, "signed date");
    const ben = await sit("ben", "/breaks/1");
    await button(ben, "Resolve…").click();
    await fillClosing(ben);
    await button(ben.getByRole("dialog"), "Resolve").click();
    await ben.getByText("ben resolved it").waitFor();
    await page.reload();
    assert.match(await frozen.getByRole("row", { name: "Price, break 1" }).innerText(), /Open/);

    await page.goto(`${web.url}/sign-off`);
    await page.getByRole("link", { name: date }).waitFor();
    await sign();
    await page.getByRole("alert").getByText(`${date} was signed off by anna`).waitFor();
    await assertAccessible(page, "end of day");
    await page.setViewportSize({ width: 320, height: 800 });
    assert(await page.evaluate(() => document.documentElement.scrollWidth) <= 320);
  });
});
