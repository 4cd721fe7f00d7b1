/**
 * What the web runtime promises over HTTP: routing, middlewares, error pages, documents, static files. Each fault of
 * its first attempt has its case here.
 *
 * @module
 */

import assert from "node:assert/strict";
import { App, csp, csrf, HttpError } from "fresh";
import { compress } from "hono/compress";
import { cors } from "hono/cors";
import { NONCE, secureHeaders } from "hono/secure-headers";
import { openTestApp } from "./fresh_app.ts";

const plain = await openTestApp();
const { ask } = plain;
Deno.test.afterAll(async () => await plain[Symbol.asyncDispose]());
const textOf = async (path: string, init?: RequestInit) => await (await ask(path, init)).text();

// What a GET of a path answers with, and what its body holds.
const PAGES: [path: string, status: number, holds: string][] = [
  ["/", 200, "<h1>no islands here</h1>"],
  ["/trades/T-1", 201, "<p>trade T-1</p>"],
  ["/trades/a%20b", 201, "<p>trade a b</p>"],
  ["/trades/new", 200, "<p>a new trade</p>"],
  ["/trades/none", 404, "<h1>nothing here</h1>"],
  ["/docs", 200, "<p>docs [] string</p>"],
  ["/docs/a/b", 200, "<p>docs [a/b] string</p>"],
  ["/ranks/7", 200, "<p>one</p>"],
  ["/ranks/7/8", 200, "<p>the rest</p>"],
  ["/opt", 200, "<p>opt [] string</p>"],
  ["/opt/7", 200, "<p>opt [7] string</p>"],
  ["/shop", 200, '<div class="shop"><p>shop /shop</p></div>'],
  ["/shop/", 200, "<p>shop /shop/</p>"],
  ["/shop/fail", 418, '<div class="shop"><h1>shop error: teapot</h1></div>'],
  ["/shop/deep/fail", 500, '<div class="shop"><h1>deep error: boom</h1></div>'],
  ["/shop/unknown", 404, '<div class="shop"><h1>no such goods</h1></div>'],
  ["/shop/deep/unknown", 404, "<h1>no such goods</h1>"],
  ["/unknown", 404, "<h1>nothing here</h1>"],
  ["/plain", 200, '<section class="plain"><p>plain</p></section>'],
  ["/_app", 404, "<h1>nothing here</h1>"],
  ["/(admin)/admin", 404, "<h1>nothing here</h1>"],
];

for (const [path, status, holds] of PAGES) {
  Deno.test(`fsRoutes() answers ${path} with ${status}`, async () => {
    const response = await ask(path);
    const html = await response.text();
    assert.equal(response.status, status, html);
    assert.ok(html.includes(holds), html);
    assert.match(html, /^<!DOCTYPE html><html lang="en"><head>/);
    assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
    assert.equal(response.headers.get("x-root"), "1", "the root middleware sees error pages too");
  });
}

Deno.test("fsRoutes() keeps a group's middleware and layout to the group", async () => {
  assert.match(await textOf("/admin"), /data-trail="root admin"/);
  for (const path of ["/", "/plain", "/trades/new", "/unknown"]) {
    assert.match(await textOf(path), /data-trail="root"/);
  }
  assert.ok(!(await textOf("/admin")).includes('class="plain"'));
});

Deno.test("fsRoutes() calls the handler of the method and its page's options", async () => {
  assert.equal(await textOf("/trades/1", { method: "POST", body: "x" }), "posted x");
  assert.equal((await ask("/trades/1")).headers.get("x-trade"), "1");
  assert.equal((await ask("/trades/1", { method: "DELETE" })).status, 404, "as Fresh does");
  const head = await ask("/trades/1", { method: "HEAD" });
  assert.deepEqual([head.status, head.headers.get("x-trade"), await head.text()], [201, "1", ""]);
});

Deno.test("Head adds to the document and replaces what has the same name", async () => {
  const html = await textOf("/");
  assert.match(html, /<title>Home<\/title>/);
  assert.ok(!html.includes("Base"));
  assert.match(html, /<link rel="stylesheet" href="\/style\.css\?__frsh_c=\w+"/);
  assert.match(await textOf("/plain"), /<title>Base<\/title>/);
});

Deno.test("a page without islands ships no script", async () => {
  assert.ok(!/<script|modulepreload/.test(await textOf("/")));
});

Deno.test("a page with islands names its whole module graph, and no script is inline", async () => {
  const html = await textOf("/islands");
  const named = [...html.matchAll(/<(?:link rel="modulepreload" href|script type="module" src)="([^"]+)"/g)]
    .map(([, href]) => href!);
  assert.ok(named.length > 5);
  for (const href of named) {
    assert.match(href, /^\/_fresh\/js\/[\w.-]+-[A-Z0-9]{8}\.js$/);
    const script = await textOf(href);
    for (const [, file] of script.matchAll(/(?:from|import)\s*\(?"\.\/([^"]+)"/g)) {
      assert.ok(named.includes(`/_fresh/js/${file}`), `${href} imports ${file}`);
    }
  }
  for (const [tag] of html.matchAll(/<script[^>]*>/g)) assert.match(tag, / src=|type="application\/json"/);
});

// Where a redirect leads must be decided by the site, whatever a user typed.
const AWAY: [to: string, location: string][] = [
  ["/trades?a=//b", "/trades?a=//b"],
  ["//evil.example/x", "/evil.example/x"],
  ["///evil.example", "/evil.example"],
  ["/\\evil.example", "/evil.example"],
  ["\\\\evil.example", "/evil.example"],
  ["\t//evil.example", "/evil.example"],
  ["/\t/evil.example", "/evil.example"],
  ["https://example.org/a", "https://example.org/a"],
];

for (const [to, location] of AWAY) {
  Deno.test(`redirect() leads ${JSON.stringify(to)} to ${location}`, async () => {
    const response = await ask(`/away?to=${encodeURIComponent(to)}`);
    assert.deepEqual([response.status, response.headers.get("location")], [303, location]);
  });
}

for (const kind of ["function", "instance", "symbol", "element"]) {
  Deno.test(`an island refuses a prop that holds a ${kind}`, async () => {
    const response = await ask(`/unsendable?kind=${kind}`);
    assert.equal(response.status, 500);
    assert.match(await response.text(), /Cannot send the props of island islands\/Unsendable:default\.value/);
  });
}

Deno.test("staticFiles() answers with an ETag, and for ever where the address has the version", async () => {
  const first = await ask("/style.css");
  const etag = first.headers.get("etag")!;
  assert.match(etag, /^"\w{16}"$/);
  assert.equal(first.headers.get("cache-control"), "no-cache");
  assert.match(first.headers.get("content-type")!, /^text\/css/);
  assert.match(await first.text(), /rgb\(1, 2, 3\)/);
  const again = await ask("/style.css", { headers: { "if-none-match": `W/${etag}` } });
  assert.deepEqual([again.status, await again.text()], [304, ""]);

  const [, versioned] = /href="(\/style\.css\?[^"]+)"/.exec(await textOf("/"))!;
  assert.equal((await ask(versioned!)).headers.get("cache-control"), "public, max-age=31536000, immutable");
  const stale = await ask("/style.css?__frsh_c=old");
  assert.deepEqual([stale.status, stale.headers.get("location")], [307, "/style.css"]);

  const [, script] = /<script type="module" src="([^"]+)"/.exec(await textOf("/islands"))!;
  const response = await ask(script!);
  await response.body?.cancel();
  assert.equal(response.headers.get("cache-control"), "public, max-age=31536000, immutable");
  assert.match(response.headers.get("content-type")!, /^text\/javascript/);
});

for (
  const path of [
    "/../define.ts",
    "/%2e%2e/define.ts",
    "/..%2fdefine.ts",
    "/_fresh/js/..%2fbuild.json",
    "/_fresh/build.json",
  ]
) {
  Deno.test(`staticFiles() does not serve ${path}`, async () => {
    const response = await ask(path);
    await response.body?.cancel();
    assert.equal(response.status, 404);
  });
}

Deno.test("staticFiles() serves names with spaces, and refuses to write", async () => {
  assert.equal(await textOf("/with%20space.txt"), "spaced\n");
  assert.equal((await ask("/style.css", { method: "POST" })).status, 405);
});

Deno.test("staticFiles() compresses texts for who takes gzip", async () => {
  const whole = await textOf("/style.css");
  for (let time = 0; time < 2; time++) {
    const packed = await ask("/style.css", { headers: { "accept-encoding": "br, gzip" } });
    const names = ["content-encoding", "vary", "content-type"];
    assert.deepEqual(names.map((name) => packed.headers.get(name)), [
      "gzip",
      "accept-encoding",
      "text/css; charset=utf-8",
    ]);
    const body = packed.body!.pipeThrough(new DecompressionStream("gzip"));
    assert.equal(await new Response(body).text(), whole);
  }
  const refused = await ask("/style.css", { headers: { "accept-encoding": "gzip;q=0" } });
  assert.deepEqual([refused.headers.get("content-encoding"), await refused.text()], [null, whole]);
});

Deno.test("App.use() keeps the headers of a response that a middleware made anew", async () => {
  const app = new App()
    .use(async (ctx) => {
      const response = await ctx.next();
      return new Response(`${await response.text()}!`, { headers: { "x-inner": "new", "x-kept": "1" } });
    })
    .use(compress(), cors({ origin: "https://example.org" }))
    .get("/", () => new Response("inner", { headers: { "x-inner": "old", "x-lost": "1" } }));
  const response = await app.handler()(new Request("http://localhost/"));
  assert.equal(await response.text(), "inner!");
  assert.deepEqual(
    ["x-inner", "x-kept", "x-lost", "access-control-allow-origin"].map((name) => response.headers.get(name)),
    ["new", "1", null, null],
  );
});

Deno.test("App.use() takes Hono's middlewares", async () => {
  const app = new App<{ seen: string }>()
    .use(compress({ threshold: 0 }), cors({ origin: "https://example.org" }))
    .use("/api", (ctx) => {
      ctx.state.seen = "yes";
      return ctx.next();
    })
    .get("/api/text", (ctx) => new Response(ctx.state.seen.repeat(2_000)))
    .get("/other", (ctx) => new Response(String(ctx.state.seen)));
  const ask = app.handler();
  const headers = { "accept-encoding": "gzip", origin: "https://example.org" };
  const response = await ask(new Request("http://localhost/api/text", { headers }));
  assert.equal(response.headers.get("content-encoding"), "gzip");
  assert.equal(response.headers.get("access-control-allow-origin"), "https://example.org");
  const body = response.body!.pipeThrough(new DecompressionStream("gzip"));
  assert.equal((await new Response(body).text()).length, 6_000);
  assert.equal(await (await ask(new Request("http://localhost/other"))).text(), "undefined");
});

Deno.test("App answers a wrong method with 405 and a thrown HttpError with its status", async () => {
  const app = new App()
    .get("/one", () => new Response("1"))
    .post("/two", () => {
      throw new HttpError(409, "taken");
    })
    .mountApp(
      "/sub",
      new App().use((ctx) => ctx.next()).get("/three/:id", (ctx) => Response.json(ctx.params)),
    )
    .all("/api/*", (ctx) => new Response(ctx.url.pathname));
  const ask = app.handler();
  const statusOf = async (path: string, method = "GET") => {
    const response = await ask(new Request(`http://localhost${path}`, { method }));
    return [response.status, await response.text()];
  };
  assert.deepEqual(await statusOf("/one", "POST"), [405, "Method Not Allowed"]);
  assert.deepEqual(await statusOf("/two", "POST"), [409, "taken"]);
  assert.deepEqual(await statusOf("/sub/three/3"), [200, '{"id":"3"}']);
  assert.deepEqual(await statusOf("/api/v1/x", "PUT"), [200, "/api/v1/x"]);
  assert.deepEqual(await statusOf("/none"), [404, "Not Found"]);
});

Deno.test("csrf() refuses another site's form and lets one's own pass", async () => {
  const app = new App().use(csrf()).post("/", () => new Response("done"));
  const ask = app.handler();
  const post = async (headers: Record<string, string>) => {
    const init = {
      method: "POST",
      body: "a=1",
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    };
    const response = await ask(new Request("http://localhost/", init));
    await response.body?.cancel();
    return response.status;
  };
  assert.equal(await post({ origin: "https://evil.example" }), 403);
  assert.equal(await post({ "sec-fetch-site": "cross-site" }), 403);
  assert.equal(await post({ origin: "http://localhost" }), 200);
  assert.equal(await post({ "sec-fetch-site": "same-origin" }), 200);
});

Deno.test("csp() is on every page, errors too, without inline scripts", async () => {
  await using dressed = await openTestApp((app) =>
    app.use(csp({ csp: ["style-src 'self' 'unsafe-inline'"], useNonce: true }))
  );
  for (const path of ["/", "/islands", "/style", "/unknown", "/shop/fail", "/shop/deep/fail"]) {
    const response = await dressed.ask(path);
    const policy = response.headers.get("content-security-policy")!;
    const html = await response.text();
    assert.ok(policy.startsWith("default-src 'self'; script-src 'self'; style-src 'self' 'nonce-"), policy);
    assert.ok(!policy.includes("unsafe"), policy);
    const [, nonce] = /'nonce-([^']+)'/.exec(policy)!;
    if (path === "/style") assert.ok(html.includes(`<style nonce="${nonce}">`), html);
  }
});

Deno.test("the page carries the nonce of Hono's own secureHeaders()", async () => {
  await using dressed = await openTestApp((app) =>
    app.use(secureHeaders({ contentSecurityPolicy: { defaultSrc: ["'self'"], styleSrc: [NONCE] } }))
  );
  const response = await dressed.ask("/style");
  const [, nonce] = /'nonce-([^']+)'/.exec(response.headers.get("content-security-policy")!)!;
  assert.ok((await response.text()).includes(`<style nonce="${nonce}">`));
});
