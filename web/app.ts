/**
 * The web as one app: headers around everything, static files, the REST API, then the pages.
 *
 * @module
 */

import { App, csp, staticFiles } from "fresh";
import { compress } from "hono/compress";
import { type ApiParts, openApi } from "./api/mod.ts";
import { openSystem } from "./api/system.ts";
import type { State } from "./define.ts";
import { secureHeaders } from "./headers.ts";

/** The stylesheet is a file too: nothing inline, neither script nor style. */
const POLICY = ["style-src 'self'", "form-action 'self'", "frame-ancestors 'none'"];

export function openApp(parts: ApiParts): App<State> {
  const system = openSystem(parts);
  const api = openApi(parts, system);
  const toApi = ({ req }: { req: Request }) => api.fetch(req);
  const app = new App<State>();
  app.use(secureHeaders());
  // Leaves the event stream alone.
  app.use(compress());
  app.use(csp({ csp: POLICY }));
  app.use(staticFiles());
  app.use((ctx) => {
    ctx.state.store = parts.store;
    ctx.state.feed = parts.feed;
    ctx.state.system = system;
    return ctx.next();
  });
  app.all("/api/*", toApi);
  app.get("/healthz", toApi);
  app.get("/readyz", toApi);
  return app.fsRoutes();
}
