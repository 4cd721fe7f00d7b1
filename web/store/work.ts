/**
 * What the web reads and writes for those who work on breaks and watch exposures.
 *
 * @module
 */

import type { Database } from "../../shared/platform/postgres.ts";
import type { Calendar } from "../../shared/trade/calendar/calendar.ts";
import type { BreakFilter } from "./break_filter.ts";
import { type BreakSummary, loadBreakSummary } from "./break_summary.ts";
import { loadChaseFacts } from "./chase_facts.ts";
import { type Exposure, type ExposureFilter, loadExposure } from "./exposure.ts";
import * as limits from "./limits.ts";
import { loadSignOff, loadSignOffs, type Signing, type SignOff, signOff } from "./sign_offs.ts";
import * as tolerances from "./tolerances.ts";

export interface WorkStore {
  breakSummary(filter: BreakFilter): Promise<BreakSummary>;
  /** What the e-mail about a break is written from, or null. */
  chaseFacts(id: string): ReturnType<typeof loadChaseFacts>;
  /** Freezes what is open of a business date; throws the refusal of `sign_off`. */
  signOff(signing: Signing): Promise<SignOff>;
  signOffs(page: { rowsMax: number; before?: string | null }): Promise<SignOff[]>;
  /** A sign-off with its breaks, or null. */
  signOffOf(date: string): ReturnType<typeof loadSignOff>;
  exposure(filter: ExposureFilter, page: { date: string; rowsMax: number }): Promise<Exposure>;
  /** In force on a business date. */
  limits(date: string): Promise<limits.Limit[]>;
  limitHistory(counterparty: string, rowsMax: number): Promise<limits.Limit[]>;
  /** Throws the refusal of `set_limit`. */
  changeLimit(change: limits.LimitChange): Promise<limits.Limit>;
  tolerances(
    scope: tolerances.ToleranceScope,
    page: { inForceOn: string | null; rowsMax: number },
  ): Promise<tolerances.ToleranceRow[]>;
  newestTolerance(
    scope: Pick<tolerances.ToleranceChange, "field" | "assetClass" | "counterparty">,
  ): Promise<tolerances.ToleranceRow | null>;
  /** Throws the refusal of `set_tolerance`. */
  changeTolerance(
    change: tolerances.ToleranceChange,
    by: { replaces: number | null; actor: string; text: string | null },
  ): Promise<tolerances.ToleranceRow>;
  toleranceHistory(
    scope: Parameters<typeof tolerances.loadHistory>[1],
    rowsMax: number,
  ): Promise<tolerances.History>;
  alerts(
    filter: limits.AlertFilter,
    page: Parameters<typeof limits.loadAlerts>[2],
  ): Promise<limits.AlertRow[]>;
}

export function openWork(database: Database, calendar: Calendar): WorkStore {
  return {
    breakSummary: (filter) => loadBreakSummary(database, filter, calendar),
    chaseFacts: (id) => loadChaseFacts(database, id, calendar),
    signOff: (signing) => signOff(database, signing, calendar),
    signOffs: (page) => loadSignOffs(database, page),
    signOffOf: (date) => loadSignOff(database, date),
    exposure: (filter, page) => loadExposure(database, filter, page),
    limits: (date) => limits.loadLimits(database, date),
    limitHistory: (counterparty, rowsMax) => limits.loadLimitHistory(database, counterparty, rowsMax),
    changeLimit: (change) => limits.changeLimit(database, change),
    tolerances: (scope, page) => tolerances.loadTolerances(database, scope, page),
    newestTolerance: (scope) => tolerances.loadNewest(database, scope),
    changeTolerance: (change, by) => tolerances.changeTolerance(database, change, by),
    toleranceHistory: (scope, rowsMax) => tolerances.loadHistory(database, scope, rowsMax),
    alerts: (filter, page) => limits.loadAlerts(database, filter, page),
  };
}
