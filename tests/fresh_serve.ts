/**
 * Serves a copy of `fresh_app/` as a program, for the tests of starts and of development: `fresh_serve.ts FOLDER`.
 *
 * @module
 */

import { App, csp, staticFiles } from "fresh";
import process from "node:process";
import { builds } from "../web/fresh/app.ts";
import { openBuild } from "../web/fresh/build.ts";

const app = new App().use(csp({ csp: ["style-src 'self'"] }), staticFiles()).fsRoutes();
app.get("/cpu", () => Response.json(process.cpuUsage()));
builds.set(app, await openBuild(new URL(Deno.args[0]!)));
await app.listen({
  hostname: "127.0.0.1",
  port: Number(Deno.args[1]),
  onListen: ({ port }) => console.log(`http://127.0.0.1:${port}`),
});
