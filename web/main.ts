/**
 * The web program: pages and REST over one change feed. `app` is what a test mounts and `web/dev.ts` restarts.
 *
 * @module
 */

import { App, csp, csrf, staticFiles } from "fresh";
import { runProgram } from "../shared/platform/program.ts";
import { readConfig } from "./config.ts";

export const app = new App()
  .use(csp({ csp: ["style-src 'self'"], useNonce: true }), csrf(), staticFiles())
  .fsRoutes();

if (import.meta.main) {
  await runProgram("web", async (stop) => {
    const { host, port } = readConfig(Deno.env);
    const server = await app.listen({
      hostname: host,
      port,
      signal: stop,
      onListen: ({ hostname, port }) => console.log(`http://${hostname}:${port}/`),
    });
    await server.finished;
    return 0;
  });
}
