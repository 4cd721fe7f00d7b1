/**
 * The board over HTTP: what a page with a range or filters shows, as its address says it.
 *
 * @module
 */

import { z } from "zod";
import { RANGES, type View } from "../../shared/kpi/mod.ts";
import { ASSET_CLASSES, STAGES } from "../../shared/trade/trade.ts";
import type { Feed } from "../feed.ts";
import { toProblemResponse } from "./problem.ts";
import { day, oneOf, readQuery, text } from "./query.ts";

/** Cancelled trades count nowhere on the board. */
const STATUSES = [...STAGES, "break"].filter((status) => status !== "cancelled");

const BOARD_QUERY = z.strictObject({
  range: oneOf(RANGES).optional(),
  date: day.optional(),
  assetClass: oneOf(ASSET_CLASSES).optional(),
  counterparty: text.optional(),
  status: oneOf(STATUSES).optional(),
  venue: text.optional(),
}).refine(({ range, date }) => date === undefined || range === undefined || range === "date", {
  message: "goes with no other range",
  path: ["date"],
}).refine(({ range, date }) => range !== "date" || date !== undefined, {
  message: "must be a date such as 2026-11-23",
  path: ["date"],
});

/** @throws {BadRequestError} */
export function readView(params: URLSearchParams): View {
  // An empty field of a form is no filter; a date alone says what the range is.
  const given = new URLSearchParams([...params].filter(([, value]) => value !== ""));
  const { range, date, ...filters } = readQuery(BOARD_QUERY, given);
  return {
    range: date === undefined ? (range ?? "all") as View["range"] : "date",
    date: date ?? null,
    assetClass: filters.assetClass ?? null,
    counterparty: filters.counterparty ?? null,
    status: filters.status ?? null,
    venue: filters.venue ?? null,
  };
}

export async function toBoardResponse(feed: Feed, params: URLSearchParams): Promise<Response> {
  const board = await feed.view(readView(params));
  if (board !== null) return Response.json(board, { headers: { "cache-control": "no-store" } });
  const detail = "The database is away; the figures come back with it.";
  return toProblemResponse({ status: 503, title: "Database away", detail, retryAfterSeconds: 2 });
}
