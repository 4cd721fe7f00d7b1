/**
 * The web runtime in a real browser, under a strict policy: islands come alive on the server's own nodes.
 *
 * @module
 */

import assert from "node:assert/strict";
import { csp } from "fresh";
import type { Page } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { openTestApp } from "./fresh_app.ts";

const LOADS = 50;

const test = await openTestApp((app) => app.use(csp({ csp: ["style-src 'self'"] })));
const server = await test.app.listen({ port: 0, hostname: "127.0.0.1", onListen() {} });
const origin = `http://127.0.0.1:${server.addr.port}`;
const browser = await openBrowser();
Deno.test.afterAll(async () => {
  await browser.close();
  await server.shutdown();
  await test[Symbol.asyncDispose]();
});

/** Opens a page that fails on any message, error or violation, and remembers what becomes of the server's elements. */
async function visit(path: string, look: (page: Page) => Promise<void>, times = 1): Promise<void> {
  const page = await browser.newPage();
  const said: string[] = [];
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => said.push(`failed: ${request.url()}`));
  await page.addInitScript(watchElements);
  for (let time = 0; time < times; time++) {
    await page.goto(origin + path, { waitUntil: "load" });
    await look(page);
    assert.deepEqual(said, []);
  }
  await page.close();
}

/** Runs in the browser, before any script of the page. */
function watchElements() {
  const changed: string[] = [];
  Object.assign(globalThis, { changed });
  const note = (what: string, nodes: NodeList) => {
    for (const node of nodes) if (node instanceof Element) changed.push(`${what} ${node.outerHTML}`);
  };
  document.addEventListener("readystatechange", () => {
    if (document.readyState !== "interactive") return;
    new MutationObserver((changes) => {
      for (const { addedNodes, removedNodes } of changes) {
        note("added", addedNodes);
        note("removed", removedNodes);
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
}

/** Of the watcher above; empties it. */
function changesOf(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as unknown as { changed: string[] }).changed.splice(0));
}

Deno.test(`${LOADS} loads in a row keep the server's nodes and say nothing`, async () => {
  await visit("/islands", async (page) => {
    await page.getByText("legend live").waitFor();
    assert.deepEqual(await changesOf(page), []);
  }, LOADS);
});

Deno.test("islands come alive: shared signals, names, nesting, children", async () => {
  await visit("/islands", async (page) => {
    await page.getByText("a live", { exact: true }).waitFor();
    await page.getByText("B LIVE", { exact: true }).waitFor();
    await page.getByText("legend live").waitFor();

    const outputs = page.locator("main > .counter output, .box .counter output");
    await page.locator("main > .counter").first().click();
    await page.locator(".box .counter").first().click();
    assert.deepEqual(await outputs.allTextContents(), ["5", "5", "5"]);
    await page.locator(".outer .counter").click();
    assert.equal(await page.locator(".outer output").textContent(), "8");
    assert.deepEqual(await changesOf(page), []);

    await page.locator(".toggle").nth(1).click();
    assert.equal(await page.locator(".late").textContent(), "late");
    await page.locator(".box .counter").nth(1).click();
    assert.deepEqual(await outputs.allTextContents(), ["6", "6", "6", "6"]);
    await page.locator(".toggle").nth(0).click();
    assert.equal(await page.locator(".kid").count(), 0);
    await page.locator(".toggle").nth(0).click();
    assert.equal(await page.locator(".box section").first().innerText(), "Before child three6 after");
  });
});

Deno.test("a <tr> island stays in its table and changes there", async () => {
  await visit("/islands", async (page) => {
    assert.equal(await page.locator("table > tbody > tr.row").count(), 2);
    await page.locator("tr.row").first().click();
    assert.deepEqual(await page.locator("tr.row").first().locator("td").allTextContents(), ["2", "clicked"]);
    assert.deepEqual(await page.locator("tr.row").nth(1).locator("td").allTextContents(), ["2"]);
  });
});

Deno.test("props of every kind arrive as they were sent", async () => {
  const html = await (await test.ask("/values")).text();
  await visit("/values", async (page) => {
    await page.locator(".values.live").waitFor();
    const items = await page.locator(".values li").allTextContents();
    assert.deepEqual(items, [
      "</script><script>alert(1)</script> é \u2028 'quotes\" & <!--",
      "1,2.5,NaN,Infinity,-Infinity,-0,1e+21",
      "bigint 12345678901234567890",
      "2023-11-14T22:13:20.123Z",
      "ä b",
      "GSCO=5",
      "3,1",
      "null undefined true",
      "a||c",
      "21 42",
    ]);
    await page.setContent(html.replace(/<script[\s\S]*<\/script>/, ""));
    assert.deepEqual(await page.locator(".values li").allTextContents(), items, "as the server wrote them");
  });
});

Deno.test("a page without islands loads no script, and its style applies", async () => {
  await visit("/", async (page) => {
    assert.equal(await page.locator("script").count(), 0);
    const color = await page.locator("h1").evaluate((element) => getComputedStyle(element).color);
    assert.equal(color, "rgb(1, 2, 3)");
  });
});

Deno.test("islands without an element of their own grow and shrink in their place", async () => {
  await visit("/edges", async (page) => {
    const call = (name: string, value: unknown) =>
      page.evaluate(
        ({ name, value }) =>
          (globalThis as unknown as Record<string, (value: unknown) => void>)[name]!(value),
        { name, value },
      );
    const main = () => page.locator("main").evaluate((element) => element.innerHTML.replace(/\s+/g, " "));
    const svg = '<svg><circle cx="0" cy="1" r="1"></circle><rect></rect></svg>';
    const before = "<i>b1</i><i>b0</i><i>c0</i><u>between</u><p>Said: xy.</p>";
    await page.waitForFunction(() => "dots_d" in globalThis);
    assert.equal(await main(), before + svg);
    assert.deepEqual(await changesOf(page), []);

    await call("grow_a", 2);
    await call("grow_b", 1);
    await call("grow_c", -1);
    await call("say_x", "hello ");
    await call("say_y", "world");
    await call("dots_d", 2);
    await page.waitForFunction(() => document.querySelectorAll("circle").length === 2);
    const dots =
      '<svg><circle cx="0" cy="1" r="1"></circle><circle cx="1" cy="1" r="1"></circle><rect></rect></svg>';
    assert.equal(
      await main(),
      `<i>a1</i><i>a0</i><i>b2</i><i>b1</i><i>b0</i><u>between</u><p>Said: hello world.</p>${dots}`,
    );
    assert.equal(
      await page.locator("circle").nth(1).evaluate((dot) => dot instanceof SVGCircleElement),
      true,
    );

    await call("grow_c", 2);
    await call("grow_a", -2);
    await page.waitForFunction(() => document.querySelector("i")?.textContent === "b2");
    assert.ok((await main()).startsWith("<i>b2</i><i>b1</i><i>b0</i><i>c1</i><i>c0</i><u>between</u>"));
  });
});

Deno.test("an island that fails in the browser leaves the others alive", async () => {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${origin}/failing`);
  await page.locator(".counter").click();
  await page.waitForFunction(() => document.querySelector("output")?.textContent === "2");
  assert.deepEqual(errors, ["fails in the browser"]);
  await page.close();
});
