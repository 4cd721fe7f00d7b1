/**
 * The REST API: Hono routes over the store and the feed.
 *
 * @module
 */

import { Hono } from "hono";
import type { Log } from "../../shared/platform/log.ts";
import { isTransient } from "../../shared/platform/postgres.ts";
import { messageOf } from "../../shared/platform/retry.ts";
import type { openStreams } from "../sse.ts";
import type { Store } from "../store.ts";
import { encodeCursor, readCursor } from "./cursor.ts";
import { toReadyResponse } from "./health.ts";
import { BadRequestError, toProblemResponse } from "./problem.ts";
import { BREAKS_QUERY, KPI_QUERY, readQuery, TRADES_QUERY } from "./query.ts";

export interface ApiParts {
  readonly store: Store;
  readonly streams: ReturnType<typeof openStreams>;
  readonly schemaNeeded: number;
  readonly log: Log;
}

export function openApi({ store, streams, schemaNeeded, log }: ApiParts): Hono {
  const api = new Hono();
  const paramsOf = (request: Request) => new URL(request.url).searchParams;

  api.get("/healthz", (c) => c.json({ status: "ok" }, 200, { "cache-control": "no-store" }));
  api.get("/readyz", () => toReadyResponse(store, schemaNeeded));

  api.get("/api/v1/kpis", async (c) => {
    const { from = null, to = null } = readQuery(KPI_QUERY, paramsOf(c.req.raw));
    return c.json(await store.kpi({ from, to }));
  });

  api.get("/api/v1/trades", async (c) => {
    const { limit, cursor, ...filter } = readQuery(TRADES_QUERY, paramsOf(c.req.raw));
    const [bookedAt, tradeId] = cursor === undefined ? [] : readCursor(cursor);
    const after = bookedAt !== undefined && tradeId !== undefined ? { bookedAt, tradeId } : undefined;
    const rows = await store.trades(filter, { rowsMax: limit + 1, after });
    return c.json(toPage(rows, limit, (row) => [row.booked_at, row.trade_id]));
  });

  api.get("/api/v1/trades/:id", async (c) => {
    const tradeId = c.req.param("id");
    const trade = tradeId.includes("\0") ? null : await store.trade(tradeId);
    return trade === null ? notFound(`There is no trade "${tradeId}".`) : c.json(trade);
  });

  api.get("/api/v1/breaks", async (c) => {
    const { limit, cursor, ...filter } = readQuery(BREAKS_QUERY, paramsOf(c.req.raw));
    const [openedAt, id] = cursor === undefined ? [] : readCursor(cursor);
    if (id !== undefined && !/^\d{1,18}$/.test(id)) {
      throw new BadRequestError("cursor is not one of this list");
    }
    const after = openedAt !== undefined && id !== undefined ? { openedAt, id } : undefined;
    const rows = await store.breaks(filter, { rowsMax: limit + 1, after });
    return c.json(toPage(rows, limit, (row) => [row.opened_at, String(row.id)]));
  });

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

  api.notFound((c) => notFound(`There is nothing at ${c.req.path}.`));
  api.onError((error) => toErrorResponse(error, log));
  return api;
}

/** One row more than asked for tells that there is a next page. */
function toPage<R>(rows: R[], rowsMax: number, placeOf: (row: R) => [string, string]) {
  const items = rows.slice(0, rowsMax);
  const last = items.at(-1);
  return { items, next: rows.length > rowsMax && last !== undefined ? encodeCursor(placeOf(last)) : null };
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
