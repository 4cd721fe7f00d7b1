/**
 * The workbench in a real browser, worked by two analysts: the keyboard alone, a conflict, four eyes, many at once,
 * news while somebody reads, no server, no script.
 *
 * @module
 */

import assert from "node:assert/strict";
import { STEPS } from "../web/components/breaks/actions.ts";
import { assertAccessible } from "./axe.ts";
import { atDesk, button, fillClosing, panel, queue, row, writeBreaks } from "./desk.ts";
import { worldTest } from "./harness.ts";
import { until } from "./programs.ts";
import { startWeb } from "./web_world.ts";

worldTest("a break is found, taken, discussed and resolved with the keyboard alone", async (world) => {
  await writeBreaks(world, 1, 2, 3);
  const web = await startWeb(world);
  await atDesk(web, async ({ sit }) => {
    const page = await sit(null, "/breaks");
    const keys = async (...all: string[]) => {
      for (const key of all) await page.keyboard.press(key);
    };
    // Without a name, the key for an action leads to the field for it.
    await keys("j", "a");
    await page.keyboard.type("anna");
    await keys("Enter");
    await page.getByText("You are anna").waitFor();

    await keys("j", "Enter");
    await panel(page).getByRole("heading", { name: "Price, break 2" }).waitFor();
    await keys("a");
    await row(page, "T-2").getByText("Assigned").waitFor();
    await keys("v");
    await row(page, "T-2").getByText("In review").waitFor();
    await keys("c");
    await page.keyboard.type("called their desk");
    await keys("Tab", "Tab", "Enter");
    await panel(page).getByText("called their desk").waitFor();

    await keys("r");
    await page.keyboard.type("Execution corrected");
    await keys("Tab", "ArrowDown", "ArrowDown", "Tab", "Tab", "Tab", "Enter");
    await panel(page).getByText("anna resolved it").waitFor();
    assert.match(await row(page, "T-2").innerText(), /Resolved/);
    assert.equal(await page.getByRole("dialog").count(), 0);
    const story = await web.json("/api/v1/breaks/2");
    assert.deepEqual([story.status, story.closed_by, story.root_cause, story.responsible], [
      "resolved",
      "anna",
      "Execution corrected",
      "broker",
    ]);
    // It stays where it was until somebody asks for what is new.
    await keys("u");
    await until("the resolved break is gone", async () => await row(page, "T-2").count() === 0);
    await keys("Escape", "?");
    await page.getByRole("dialog", { name: "Keys" }).getByText("Write off").waitFor();
    await keys("Escape", "/");
    await page.keyboard.type("T-3");
    await keys("Enter");
    await page.waitForURL(/\/breaks\?tradeId=T-3$/);
    assert.equal(await queue(page).getByRole("row").count(), 2);
  });
});

worldTest(
  "of two analysts on one break the second is shown what the first did, and can still go on",
  async (world) => {
    await writeBreaks(world, 1);
    const web = await startWeb(world);
    await atDesk(web, async ({ sit }) => {
      const [anna, ben] = [await sit("anna", "/breaks?break=1"), await sit("ben", "/breaks?break=1")];
      await button(anna, "Resolve…").click();
      await button(ben, "Assign to me").click();
      // Behind her dialog it is shown already; what she answers is about the break as it was.
      await row(anna, "T-1").getByText("Assigned").waitFor();
      await fillClosing(anna, "they agree");
      await button(anna.getByRole("dialog"), "Resolve").click();
      const alert = panel(anna).getByRole("alert");
      assert.match(
        await alert.innerText(),
        /ben was faster and assigned it at .* owner ben\. Your "resolve" was not done/,
      );
      await row(anna, "T-1").getByText("Assigned").waitFor();
      await button(alert, "Resolve all the same").click();
      await row(anna, "T-1").getByText("Resolved").waitFor();
      // And the other one sees it without asking.
      await panel(ben).getByText("anna resolved it").waitFor();
    });
  },
);

worldTest("an action shows at once and goes back when it is refused", async (world) => {
  await writeBreaks(world, 1);
  const web = await startWeb(world);
  await atDesk(web, async ({ sit }) => {
    const anna = await sit("anna", "/breaks?break=1");
    const held = Promise.withResolvers<void>();
    await anna.route("**/api/v1/breaks/1/assign", async (route) => {
      await held.promise;
      await route.continue();
    });
    await button(anna, "Assign to me").click();
    await row(anna, "T-1").getByText("anna").waitFor();
    const ben = await sit("ben", "/breaks/1");
    await button(ben, "Start review").click();
    await ben.getByText("ben started the review").waitFor();
    held.resolve();
    await panel(anna).getByRole("alert").getByText("ben was faster").waitFor();
    assert.match(await row(anna, "T-1").innerText(), /In review\s+ben/);
    await button(panel(anna).getByRole("alert"), "Leave it").click();
    assert.equal(await panel(anna).getByRole("alert").count(), 0);
  });
});

worldTest(
  "a write-off waits for a second person, and who asked for it is told why they cannot",
  async (world) => {
    await writeBreaks(world, 1);
    const web = await startWeb(world);
    await atDesk(web, async ({ sit }) => {
      const ben = await sit("ben", "/breaks?break=1");
      await button(ben, "Write off…").click();
      await fillClosing(ben, "too small to chase");
      await button(ben.getByRole("dialog"), "Write off").click();
      await panel(ben).getByText("You asked for this write-off yourself").waitFor();
      assert(await button(ben, "Approve…").isDisabled());

      const anna = await sit("anna", "/breaks");
      await anna.getByRole("link", { name: "Approvals 1" }).click();
      await anna.getByText("Live", { exact: true }).waitFor();
      assert.match(await row(anna, "T-1").innerText(), /Pending approval\s+write-off, ben/);
      await row(anna, "T-1").getByRole("link", { name: "Price, break 1" }).click();
      await panel(anna).getByText("ben asks for a write-off").waitFor();
      await button(anna, "Approve…").click();
      await button(anna.getByRole("dialog"), "Approve").click();
      await row(anna, "T-1").getByText("Written off").waitFor();
      await panel(ben).getByText("anna approved").waitFor();
      await ben.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await panel(ben).getByText("Chase the counterparty").click();
      await button(panel(ben), "Copy text").click();
      await panel(ben).getByText("Copied.").waitFor();
      const copied = await ben.evaluate(() => navigator.clipboard.readText());
      assert.match(copied, /^Subject: .*\n\n[^]*T-1[^]*272\.5/);
      assert.equal((await web.json("/api/v1/breaks/1")).status, "written_off");
    });
  },
);

worldTest(
  "many are worked on at once, and each that is refused is named and stays selected",
  async (world) => {
    await writeBreaks(world, 1, 2, 3);
    const web = await startWeb(world);
    await atDesk(web, async ({ sit }) => {
      const page = await sit("anna", "/breaks");
      await page.getByRole("checkbox", { name: "Select all breaks shown" }).check();
      await page.getByText("3 selected").waitFor();
      await button(page.getByRole("group", { name: "Selected breaks" }), "Resolve…").click();
      const ben = await sit("ben", "/breaks/2");
      await button(ben, "Assign to me").click();
      await ben.getByText("ben assigned it").waitFor();
      await fillClosing(page);
      await button(page.getByRole("dialog", { name: "Resolve: 3 breaks" }), "Resolve").click();
      const outcome = page.getByRole("region", { name: "Outcome of the action on many breaks" });
      await outcome.getByText("2 of 3 resolved, 1 refused and still selected").waitFor();
      assert.match(await outcome.getByRole("listitem").innerText(), /Break 2: changed in the meantime/);
      assert(await page.getByRole("checkbox", { name: "Select break 2" }).isChecked());
      await page.getByText("1 selected").waitFor();
      await button(page, "Assign to me").first().click();
      await outcome.getByText("1 of 1 assigned").waitFor();
      assert.match(await row(page, "T-2").innerText(), /Assigned\s+anna/);
    });
  },
);

worldTest("nothing moves while it is read, and what is new comes in afterwards", async (world) => {
  await writeBreaks(world, 1);
  const web = await startWeb(world);
  await atDesk(web, async ({ sit }) => {
    const page = await sit("anna", "/breaks");
    await row(page, "T-1").hover();
    const place = await row(page, "T-1").boundingBox();
    await writeBreaks(world, 2, 3);
    const news = button(page, "2 new: show");
    await news.waitFor();
    assert.equal(await row(page, "T-2").count(), 0);
    assert.deepEqual(await row(page, "T-1").boundingBox(), place);
    await page.mouse.move(2, 2);
    await row(page, "T-3").waitFor();
    assert.equal(await news.count(), 0);
    await page.getByRole("link", { name: "All open 3" }).waitFor();
  });
});

worldTest("a server that is gone is said at once, and what was done there is taken back", async (world) => {
  await writeBreaks(world, 1);
  const web = await startWeb(world);
  await atDesk(web, async ({ sit }) => {
    const page = await sit("anna", "/breaks?break=1");
    page.removeAllListeners("console"); // The browser notes down each attempt to reach it.
    web.program.kill("SIGKILL");
    await web.program.status;
    await page.getByText("Connection lost").waitFor();
    await button(page, "Assign to me").click();
    await panel(page).getByRole("alert").getByText("The server did not answer").waitFor();
    assert.match(await row(page, "T-1").innerText(), /Open\s+nobody's/);
    await button(panel(page).getByRole("alert"), "Try again").waitFor();
  });
});

worldTest("the queue and a break read without a script, and a break fits on paper", async (world) => {
  await writeBreaks(world, 1, 2);
  const web = await startWeb(world);
  await atDesk(web, async ({ sit }) => {
    const page = await sit(null, "/breaks", { javaScriptEnabled: false });
    assert.match(
      await row(page, "T-2").innerText(),
      /Price\s+Goldman Sachs\s+T-2\s+Book\s+271\.5\s+Street\s+272\.5/,
    );
    await page.getByLabel("Type").selectOption("Quantity");
    await button(page, "Show").click();
    await page.getByText("No break matches.").waitFor();
    await page.goto(`${web.url}/breaks`);
    await row(page, "T-2").getByRole("link", { name: "Price, break 2" }).click();
    const sides = page.getByRole("region", { name: "Book and street, table" });
    assert.match(await sides.getByRole("row", { name: "Price" }).innerText(), /271\.5\s+272\.5.*≠/s);
    await page.emulateMedia({ media: "print" });
    assert(await sides.isVisible());
    assert.equal(await page.getByRole("navigation").first().isVisible(), false);
    assert.equal(await button(page, "Resolve…").isVisible(), false);
  });
});

worldTest("the pages of breaks are fit for everyone in both themes, at every width", async (world) => {
  await writeBreaks(world, 1, 2);
  const web = await startWeb(world);
  await atDesk(web, async ({ sit }) => {
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await sit("anna", "/breaks?break=1", { colorScheme });
      await page.getByRole("checkbox", { name: "Select break 2" }).check();
      await panel(page).getByText("Breakwater opened it").waitFor();
      await assertAccessible(page, `workbench, ${colorScheme}`);
      await button(page, "Write off…").click();
      await assertAccessible(page, `dialog, ${colorScheme}`);
      await page.keyboard.press("Escape");
      for (const path of ["/breaks", "/breaks?type=fees", "/breaks/1"]) {
        for (const width of [320, 768, 1440, 2560]) {
          await page.setViewportSize({ width, height: 900 });
          await page.goto(web.url + path);
          await page.getByText("Live", { exact: true }).waitFor();
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert(wide <= width, `${path}: ${width} px wide, the page needs ${wide}`);
          if (width === 320 || width === 1440) {
            await assertAccessible(page, `${path}, ${width}, ${colorScheme}`);
          }
        }
      }
      await page.context().close();
    }
    const unknown = await sit(null, "/breaks?owner=me");
    await unknown.getByText("Say who you are to see your breaks.").waitFor();
    await assertAccessible(unknown);
    await unknown.setViewportSize({ width: 320, height: 900 });
    assert(await unknown.evaluate(() => document.documentElement.scrollWidth) <= 320);
  });
});

worldTest("what the workbench offers is what the database allows", async (world) => {
  await writeBreaks(world, 1);
  const rows = await world.database.query<
    { action: string; from_status: string[]; to_status: string | null }
  >(
    "select action, from_status, to_status from break_actions where not by_system",
  );
  const allowed = Object.fromEntries(
    rows.map(({ action, from_status, to_status }) =>
      [action, { from: from_status.toSorted(), to: to_status }] as const
    ),
  );
  const offered = Object.fromEntries(
    Object.entries(STEPS).map(([action, { from, to }]) => [action, { from: from.toSorted(), to }] as const),
  );
  assert.deepEqual(offered, allowed);
});
