/**
 * The exposure in a real browser: live, limits changed by name with nobody's work lost, files, and for everyone.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { evaluateLimits } from "../consumer/limits.ts";
import { assertAccessible } from "./axe.ts";
import { atDesk, button } from "./desk.ts";
import { worldTest } from "./harness.ts";
import { booking } from "./messages.ts";
import { startWeb, write } from "./web_world.ts";

/** One million USD bought from or sold to a broker, as a trade of its own. */
const million = (id: string, changes: Record<string, unknown> = {}) =>
  booking({ trade_id: id, exec_id: null, counterparty: "Citi", notional_value: "1000000.00", ...changes });

const OPEN = [
  million("X-1"),
  million("X-2", { side: "sell", settlement_date: "2026-11-20", trade_date: "2026-11-19" }),
  million("X-3", { counterparty: "UBS" }),
];

const table = (page: Page, name: string) => page.getByRole("region", { name: `${name}, table` });
const rowOf = (page: Page, name: string) =>
  table(page, "Counterparties").getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });

async function fillLimit(dialog: Locator, warn: string, breach: string): Promise<void> {
  await dialog.getByLabel("Warning from").fill(warn);
  await dialog.getByLabel("Limit, USD").fill(breach);
  await button(dialog, "Set limit").click();
}

worldTest("a limit is set by name, told by word and shape, and followed by its alert", async (world) => {
  await write(world, OPEN);
  const web = await startWeb(world);
  await atDesk(web, async ({ sit }) => {
    const page = await sit("anna", "/exposure");
    await rowOf(page, "Citi").getByText("No limit").waitFor();
    await button(page, "Limit of Citi").click();
    const dialog = page.getByRole("dialog", { name: "Limit of Citi" });
    await dialog.getByText("There has been no limit yet.").waitFor();
    await fillLimit(dialog, "lots", "3m");
    assert.match(await dialog.getByLabel("Warning from").evaluate(messageOf), /An amount above 0/);
    await assertAccessible(page, "the dialog of a limit");
    await fillLimit(dialog, "1,500,000", "3m");
    await dialog.waitFor({ state: "hidden" });
    await rowOf(page, "Citi").getByText("Warning").waitFor();
    await rowOf(page, "Citi").getByText("66.7 %").waitFor();
    await evaluateLimits(world.database);
    const alerts = page.getByRole("list", { name: "Open alerts" });
    await alerts.getByText("passed 1.50M of 3.00M USD gross").waitFor();

    await write(world, [million("X-4")]);
    await rowOf(page, "Citi").getByText("Breach").waitFor();
    await rowOf(page, "Citi").getByText("3,000,000").first().waitFor();
    assert.match(await table(page, "Settlement ladder").innerText(), /2026-11-20 overdue\s+USD/);
    assert.match(await table(page, "By currency and value date").innerText(), /2026-11-20 overdue/);

    const { items: [limit] } = await web.json("/api/v1/limits?counterparty=Citi");
    assert.deepEqual([limit.changed_by, limit.warn_usd, limit.breach_usd], ["anna", "1500000", "3000000"]);
  });
});

/** What the browser would say of a field. */
const messageOf = (field: Element) => (field as HTMLInputElement).validationMessage;

worldTest("who is slower with a limit is told who was faster, and keeps what was typed", async (world) => {
  await write(world, OPEN);
  const web = await startWeb(world);
  await atDesk(web, async ({ sit }) => {
    const anna = await sit("anna", "/exposure");
    const ben = await sit("ben", "/exposure");
    const dialogs = [anna, ben].map((page) => page.getByRole("dialog", { name: "Limit of UBS" }));
    for (const page of [anna, ben]) await button(page, "Limit of UBS").click();
    await fillLimit(dialogs[0]!, "1m", "2m");
    await dialogs[0]!.waitFor({ state: "hidden" });
    await fillLimit(dialogs[1]!, "4m", "5m");
    await dialogs[1]!.getByRole("alert").getByText("anna was faster: 2,000,000 USD gross").waitFor();
    assert.equal(await dialogs[1]!.getByLabel("Limit, USD").inputValue(), "5m");
    await button(dialogs[1]!, "Set limit").click();
    await dialogs[1]!.waitFor({ state: "hidden" });
    await rowOf(ben, "UBS").getByText("20.0 %").waitFor();
    // What no figure tells reaches the other desk all the same.
    await rowOf(anna, "UBS").getByText("20.0 %").waitFor();
    await button(ben, "Limit of UBS").click();
    await button(dialogs[1]!, "End the limit").click();
    await rowOf(ben, "UBS").getByText("No limit").waitFor();
  });
});

worldTest("rows stand still while they are read, and their figures do not", async (world) => {
  await write(world, OPEN);
  const web = await startWeb(world);
  await atDesk(web, async ({ sit }) => {
    const page = await sit(null, "/exposure");
    await rowOf(page, "UBS").hover();
    await write(world, [
      million("X-5", { counterparty: "Barclays" }),
      million("X-6", { counterparty: "UBS" }),
    ]);
    await rowOf(page, "UBS").getByText("2,000,000").first().waitFor();
    await page.getByText("rows held while you read, 3 changes wait").waitFor();
    assert.equal(await rowOf(page, "Barclays").count(), 0);
    await page.getByRole("heading", { name: "Exposure" }).hover();
    await rowOf(page, "Barclays").waitFor();
  });
});

worldTest("the exposure reads without a script, on a phone, in both themes, and as files", async (world) => {
  await write(world, OPEN);
  const web = await startWeb(world);
  await atDesk(web, async ({ sit }) => {
    const plain = await sit(null, "/exposure", { javaScriptEnabled: false });
    await plain.getByLabel("Counterparty").selectOption("UBS");
    await button(plain, "Show").click();
    assert.equal(await table(plain, "Counterparties").getByRole("row").count(), 2);
    await rowOf(plain, "UBS").getByText("1,000,000").first().waitFor();
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await sit(null, "/exposure", { colorScheme });
      await assertAccessible(page, `exposure, ${colorScheme}`);
      for (const width of [320, 760, 1024, 2560]) {
        await page.setViewportSize({ width, height: 900 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert(wide <= width, `exposure needs ${wide} of ${width} px`);
      }
    }
    const empty = await sit(null, "/exposure?counterparty=Nobody");
    await empty.getByText("Nothing matches.").waitFor();
  });
  const refused = await web.get("/exposure?from=2026-11-25&to=2026-11-24");
  assert.equal(refused.status, 400);
  assert.match(await refused.text(), /This request cannot be answered/);
  const csv = await web.get("/api/v1/exposure.csv?list=ladder&counterparty=Citi");
  assert.match(csv.headers.get("content-disposition") ?? "", /exposure-ladder-.*\.csv/);
  assert.deepEqual((await csv.text()).trim().split("\r\n"), [
    "value_date,currency,pay,receive,net,net_usd,overdue",
    "2026-11-20,USD,4.07,1000000,999995.93,999995.93,true",
    `2026-11-24,USD,1000004.07,0,-1000004.07,-1000004.07,${isPast("2026-11-24")}`,
  ]);
  assert.equal((await web.get("/api/v1/exposure.csv?list=limits")).status, 400);
});

function isPast(date: string): boolean {
  return Temporal.Now.zonedDateTimeISO("America/New_York").toPlainDate().toString() > date;
}
