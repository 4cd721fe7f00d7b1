/**
 * The REST API: Hono routes over the store and the feed.
 *
 * @module
 */

import { Hono } from "hono";
import type { Log } from "../../shared/platform/log.ts";
import { isTransient } from "../../shared/platform/postgres.ts";
import { messageOf } from "../../shared/platform/retry.ts";
import type { Calendars } from "../../shared/trade/calendar/mod.ts";
import type { Feed } from "../feed.ts";
import type { openStreams } from "../sse.ts";
import type { System } from "../components/system/system.ts";
import type { Store } from "../store.ts";
import { findActor } from "./actor.ts";
import { readBreaksPage } from "./break_pages.ts";
import { toBoardResponse } from "./board.ts";
import { ACTIONS, loadStory, toActionResponse } from "./break_actions.ts";
import { addDeadLetterRoutes } from "./dead_letters.ts";
import { toDecodeResponse } from "./fix.ts";
import { toReadyResponse } from "./health.ts";
import { toMethodResponse } from "./methods.ts";
import { addWorkRoutes } from "./work_routes.ts";
import { loadOrderPage } from "./orders.ts";
import { BadRequestError, toProblemResponse } from "./problem.ts";
import { KPI_QUERY, readQuery, TRADE_QUERY } from "./query.ts";
import { toSettlementResponse } from "./settlement.ts";
import { openSystem } from "./system.ts";
import { readTradesPage } from "./trade_pages.ts";
import { loadStoryOf } from "./trade_story.ts";
import { toTradesCsvResponse } from "./trades_csv.ts";

export interface ApiParts {
  readonly store: Store;
  readonly feed: Feed;
  readonly streams: ReturnType<typeof openStreams>;
  readonly schemaNeeded: number;
  readonly brokerAnswers: () => Promise<boolean>;
  readonly calendars: Calendars;
  readonly log: Log;
  /** Where the web listens. */
  readonly host: string;
}

export function openApi(
  parts: ApiParts,
  system: () => Promise<System> = openSystem(parts),
): Hono {
  const { store, feed, streams, schemaNeeded, brokerAnswers, calendars, log, host } = parts;
  const api = new Hono();
  const paramsOf = (request: Request) => new URL(request.url).searchParams;
  addWorkRoutes(api, { store, host, calendars });

  api.get("/healthz", (c) => c.json({ status: "ok" }, 200, { "cache-control": "no-store" }));
  api.get("/readyz", () => toReadyResponse(store, schemaNeeded, brokerAnswers));

  api.get("/api/v1/system", async (c) => c.json(await system(), 200, { "cache-control": "no-store" }));

  api.get("/api/v1/kpis", async (c) => {
    const { from = null, to = null } = readQuery(KPI_QUERY, paramsOf(c.req.raw));
    return c.json(await store.kpi({ from, to }));
  });

  api.get("/api/v1/board", (c) => toBoardResponse(feed, paramsOf(c.req.raw)));

  api.get("/api/v1/trades", async (c) => c.json(await readTradesPage(store, paramsOf(c.req.raw))));

  api.get("/api/v1/trades.csv", (c) => toTradesCsvResponse(store, paramsOf(c.req.raw)));

  api.get("/api/v1/trades/:id", async (c) => {
    const tradeId = c.req.param("id");
    const { asOf } = readQuery(TRADE_QUERY, paramsOf(c.req.raw));
    if (tradeId.includes("\0")) return notFound(`There is no trade "${tradeId}".`);
    const trade = asOf === undefined ? await store.trade(tradeId) : await store.tradeAsOf(tradeId, asOf);
    const when = asOf === undefined ? "" : ` at ${asOf}`;
    return trade === null ? notFound(`There is no trade "${tradeId}"${when}.`) : c.json(trade);
  });

  api.get("/api/v1/trades/:id/story", async (c) => {
    const id = c.req.param("id");
    const { asOf } = readQuery(TRADE_QUERY, paramsOf(c.req.raw));
    const story = await loadStoryOf(store, id, asOf);
    return story === null ? notFound(`There is no trade "${id}".`) : c.json(story);
  });

  api.get("/api/v1/orders/:id", async (c) => {
    const id = c.req.param("id");
    const order = await loadOrderPage(store, id);
    return order === null ? notFound(`There is no order "${id}".`) : c.json(order);
  });

  api.post("/api/v1/fix/decode", (c) => toDecodeResponse(c.req.raw));

  api.get(
    "/api/v1/breaks",
    async (c) => c.json(await readBreaksPage(store, paramsOf(c.req.raw), findActor(c.req.raw))),
  );

  api.get("/api/v1/breaks/:id", async (c) => {
    const id = c.req.param("id");
    const story = await loadStory(store, id);
    return story === null ? notFound(`There is no break "${id}".`) : c.json(story);
  });

  api.post(`/api/v1/breaks/:id{[0-9]{1,18}}/:action{${ACTIONS.join("|")}}`, (c) => {
    const { id, action } = c.req.param();
    return toActionResponse(store, { request: c.req.raw, id, action, host });
  });

  addDeadLetterRoutes(api, store);

  api.get("/api/v1/settlement-date", (c) => toSettlementResponse(paramsOf(c.req.raw), calendars));

  api.get("/api/v1/stream", (c) => {
    // A browser that was told where the page stands says so in the address; when it reconnects, in the header.
    const after = c.req.header("last-event-id") || c.req.query("after") || null;
    if (c.req.raw.method === "HEAD") return new Response(null, { headers: streams.headers });
    return streams.open(after) ?? toProblemResponse({
      status: 503,
      title: "Too many viewers",
      detail: "This process serves as many streams as it can; try again or use another one.",
      retryAfterSeconds: 5,
    });
  });

  api.notFound((c) => toMethodResponse(api, c) ?? notFound(`There is nothing at ${c.req.path}.`));
  api.onError((error) => toErrorResponse(error, log));
  return api;
}

function notFound(detail: string): Response {
  return toProblemResponse({ status: 404, title: "Not found", detail });
}

// https://www.postgresql.org/docs/18/errcodes-appendix.html: undefined_table, undefined_column
const SCHEMA_STATES = ["42P01", "42703"];

function toErrorResponse(error: Error, log: Log): Response {
  if (error instanceof BadRequestError) {
    return toProblemResponse({ status: 400, title: "Bad request", detail: error.message });
  }
  const retryAfterSeconds = 2;
  if (isTransient(error)) {
    const detail = `The database is away: ${messageOf(error)}`;
    return toProblemResponse({ status: 503, title: "Database away", detail, retryAfterSeconds });
  }
  if (SCHEMA_STATES.includes((error as { code?: string }).code ?? "")) {
    const detail = "The database has another schema than this code: run deno task migrate.";
    return toProblemResponse({ status: 503, title: "Schema not current", detail, retryAfterSeconds });
  }
  log.error(`cannot answer a request: ${error.stack ?? messageOf(error)}`);
  const detail = "Something failed on our side; the server's log says what.";
  return toProblemResponse({ status: 500, title: "Internal error", detail });
}
