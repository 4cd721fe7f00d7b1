/**
 * Routes of the work on breaks beyond one action on one break, of the end of a day, of exposures and of
 * tolerances.
 *
 * @module
 */

import type { Hono } from "hono";
import type { Calendars } from "../../shared/trade/calendar/mod.ts";
import type { Store } from "../store.ts";
import { findActor } from "./actor.ts";
import { readSummaryFilter } from "./break_pages.ts";
import { toBulkResponse } from "./bulk.ts";
import { toChaseResponse } from "./chase.ts";
import { loadExposurePage } from "./exposure.ts";
import { toExposureCsvResponse } from "./exposure_csv.ts";
import { loadLimitsPage, readAlertsPage, toLimitResponse } from "./limits.ts";
import { readSignOffs, toSignedResponse, toSignOffResponse } from "./sign_off.ts";
import { loadTolerancesPage, toDryRunResponse, toToleranceResponse } from "./tolerances.ts";

export interface WorkParts {
  readonly store: Store;
  /** Where the web listens. */
  readonly host: string;
  readonly calendars: Calendars;
}

/** Before the routes of single breaks: `/breaks/summary` is none of them. */
export function addWorkRoutes(api: Hono, { store, host, calendars }: WorkParts): void {
  const paramsOf = (request: Request) => new URL(request.url).searchParams;

  api.get("/api/v1/breaks/summary", async (c) => {
    const filter = readSummaryFilter(paramsOf(c.req.raw), findActor(c.req.raw));
    return c.json(await store.breakSummary(filter));
  });
  api.post("/api/v1/breaks/bulk", (c) => toBulkResponse(store, c.req.raw, host));
  api.get("/api/v1/breaks/:id/chase", (c) => toChaseResponse(store, c.req.param("id")));

  api.get("/api/v1/sign-offs", async (c) => c.json(await readSignOffs(store, paramsOf(c.req.raw))));
  api.post("/api/v1/sign-offs", (c) => toSignOffResponse(store, c.req.raw, { host, calendars }));
  api.get("/api/v1/sign-offs/:date", (c) => toSignedResponse(store, c.req.param("date")));

  api.get("/api/v1/exposure", async (c) => c.json(await loadExposurePage(store, paramsOf(c.req.raw))));
  api.get("/api/v1/exposure.csv", (c) => toExposureCsvResponse(store, paramsOf(c.req.raw)));
  api.get("/api/v1/limits", async (c) => c.json(await loadLimitsPage(store, paramsOf(c.req.raw))));
  api.post("/api/v1/limits", (c) => toLimitResponse(store, c.req.raw, host));
  api.get("/api/v1/alerts", async (c) => c.json(await readAlertsPage(store, paramsOf(c.req.raw))));

  api.get("/api/v1/tolerances", async (c) => c.json(await loadTolerancesPage(store, paramsOf(c.req.raw))));
  api.post("/api/v1/tolerances", (c) => toToleranceResponse(store, c.req.raw, host));
  api.post("/api/v1/tolerances/dry-run", (c) => toDryRunResponse(store, c.req.raw));
}
