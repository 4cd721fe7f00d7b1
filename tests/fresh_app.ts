/**
 * The app of `fresh_app/` for the tests of `web/fresh/`: copied, built and served from a folder of its own.
 *
 * @module
 */

import { App, staticFiles } from "fresh";
import { cp } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { builds } from "../web/fresh/app.ts";
import { type Build, openBuild } from "../web/fresh/build.ts";
import type { State } from "./fresh_app/define.ts";

export interface TestApp extends AsyncDisposable {
  app: App<State>;
  build: Build;
  root: URL;
  /** Answers a request for a path of the app, without a server. */
  ask(path: string, init?: RequestInit): Promise<Response>;
}

/** @param dress Adds what the test is about, before the static files and the routes. */
export async function openTestApp(dress: (app: App<State>) => void = () => {}): Promise<TestApp> {
  const root = pathToFileURL(`${await Deno.makeTempDir({ prefix: "fresh-" })}/`);
  await cp(new URL("fresh_app/", import.meta.url), root, { recursive: true });
  const build = await openBuild(root);
  const app = new App<State>();
  dress(app);
  app.use(staticFiles()).fsRoutes();
  builds.set(app, build);
  const handler = app.handler();
  return {
    app,
    build,
    root,
    ask: (path, init) => handler(new Request(`http://localhost${path}`, init)),
    [Symbol.asyncDispose]: () => Deno.remove(fileURLToPath(root), { recursive: true }),
  };
}
