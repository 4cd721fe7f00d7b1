/**
 * The FIX inspector and the order page in a real browser: live decoding, comparison, the keyboard alone, no script
 * at all, both themes and every width.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { worldTest } from "./harness.ts";
import { booking, execution } from "./messages.ts";
import { startWeb, write } from "./web_world.ts";

/** Where pictures go that are to be kept, such as `docs`. */
const PICTURES = Deno.env.get("BREAKWATER_PICTURES");

/** A page that fails on what the browser complains about. */
async function withPage(
  url: string,
  options: BrowserContextOptions,
  body: (page: Page) => Promise<void>,
): Promise<void> {
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => message.type() !== "info" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(url);
    await body(page);
    assert.deepEqual(complaints, []);
  } finally {
    await browser.close();
  }
}

function toLog(message: Uint8Array): string {
  return new TextDecoder().decode(message).replaceAll("\x01", "|");
}

const FILL = toLog(execution());
const OTHER = toLog(execution({ 17: "E-2", 31: "271.40", 6: "271.40" }));

worldTest("/fix decodes as one types, marks faults at their fields and compares", async (world) => {
  const web = await startWeb(world);
  await withPage(`${web.url}/fix`, {}, async (page) => {
    await page.getByText("Decodes as you type").waitFor();
    const text = page.getByLabel("FIX message or log");
    await text.fill(FILL);
    await page.getByText("1 message, sound").waitFor();
    const side = page.locator("#m0 .body > ol > li").filter({ hasText: "Side" });
    assert.match(await side.innerText(), /54\s*Side\s*1\s*Buy/);

    await text.fill(FILL.replace("|54=1|", "|54=X|"));
    await page.getByText("1 message, with faults").waitFor();
    assert.match(await side.innerText(), /Value out of range: Side \(54\) "X" is no value/);
    await page.getByRole("link", { name: "To field 54" }).click();
    assert.match(new URL(page.url()).hash, /^#m0-field-\d+$/);

    await text.fill(`${FILL}\n${OTHER}\nnothing`);
    await page.getByText("2 messages, all sound, 1 line without a message").waitFor();
    for (const box of await page.getByRole("checkbox", { name: "Compare ExecutionReport" }).all()) {
      await box.check();
    }
    await page.getByRole("heading", { name: "3 fields differ" }).waitFor();
    const comparison = page.getByRole("region", { name: "Comparison" });
    const row = comparison.getByRole("row", { name: "LastPx" });
    assert.match(await row.innerText(), /31\s+LastPx\s+271\.50\s+≠.*271\.40/s);
    await comparison.getByLabel("Differences only").check();
    assert.equal(await comparison.getByRole("row", { name: "Symbol" }).count(), 0);

    await text.fill("");
    await page.getByText("Try an example").waitFor();
  });
});

worldTest("/fix is worked with the keyboard alone", async (world) => {
  const web = await startWeb(world);
  await withPage(`${web.url}/fix?example=1`, {}, async (page) => {
    await page.getByText("Decodes as you type").waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.closest("summary, input")?.tagName);
    await page.getByLabel("FIX message or log").focus();
    const reach = async (tag: string) => {
      for (let n = 0; n < 20; n++) {
        await page.keyboard.press("Tab");
        if (await focused() === tag) return;
      }
      assert.fail(`no ${tag} within reach`);
    };
    await reach("INPUT");
    await page.keyboard.press("Space");
    await reach("SUMMARY");
    await page.keyboard.press("Enter");
    await page.locator("#m0[open]").waitFor();
    await page.locator("#m0 .fix-group details[open]").first().waitFor();
    assert(await page.locator(".pick input").first().isChecked());
    const group = page.locator("#m0 .fix-group summary").first();
    await group.focus();
    await page.keyboard.press("Enter");
    await page.locator("#m0 .fix-group > li > details:not([open])").first().waitFor();
  });
});

worldTest("/fix works without scripts", async (world) => {
  const web = await startWeb(world);
  await withPage(`${web.url}/fix`, { javaScriptEnabled: false }, async (page) => {
    await page.getByLabel("FIX message or log").fill(`${FILL}\n${OTHER}`);
    await page.getByRole("button", { name: "Decode" }).click();
    await page.getByText("2 messages, all sound").waitFor();
    for (const box of await page.getByRole("checkbox", { name: "Compare ExecutionReport" }).all()) {
      await box.check();
    }
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByRole("heading", { name: "3 fields differ" }).waitFor();
  });
});

worldTest("the inspector and the order page fit every width, in both themes", async (world) => {
  await write(world, [booking({ quantity: "50" })], [execution()]);
  const web = await startWeb(world);
  const folder = PICTURES ?? await Deno.makeTempDir({ prefix: "breakwater-pictures-" });
  const pages: [name: string, path: string, open: string][] = [
    ["fix", "/fix?example=1", "#m2 > summary"],
    ["order", "/orders/O-1", "#m0 > summary"],
    ["trade", "/trades/T-1", "#m0 > summary"],
  ];
  for (const colorScheme of ["light", "dark"] as const) {
    for (const [name, path, open] of pages) {
      await withPage(web.url + path, { colorScheme }, async (page) => {
        await page.locator(open).click();
        for (const box of await page.locator(".pick input").all()) await box.check();
        for (const width of [320, 768, 1440, 2560]) {
          await page.setViewportSize({ width, height: 900 });
          const needed = await page.evaluate(() => document.documentElement.scrollWidth);
          assert(needed <= width, `${path} at ${width} px needs ${needed}`);
        }
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.screenshot({
          path: join(folder, colorScheme === "dark" ? `${name}-dark.png` : `${name}.png`),
        });
        assert.deepEqual(await lowContrasts(page), []);
      });
    }
  }
  if (PICTURES === undefined) await Deno.remove(folder, { recursive: true });
});

/** Texts of the FIX parts whose contrast is below 4.5:1 (WCAG 2.2, 1.4.3). */
function lowContrasts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
    const rgba = (color: string) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data] as [number, number, number, number];
    };
    const luminance = (color: string) => {
      const [red, green, blue] = rgba(color).slice(0, 3).map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
    };
    const backgroundOf = (element: Element): string => {
      const color = getComputedStyle(element).backgroundColor;
      if (rgba(color)[3] === 255 || element.parentElement === null) return color;
      return backgroundOf(element.parentElement);
    };
    const elements = [...document.querySelectorAll(".fix *, .fix-list *")].filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim() !== "")
    );
    return elements.flatMap((element) => {
      const [low, high] = [getComputedStyle(element).color, backgroundOf(element)].map(luminance)
        .sort((a, b) => a - b);
      const contrast = (high! + 0.05) / (low! + 0.05);
      return contrast >= 4.5 ? [] : [`${element.textContent!.slice(0, 40)}: ${contrast.toFixed(2)}`];
    });
  });
}
