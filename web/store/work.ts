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
import { loadSignOff, loadSignOffs, type Signing, type SignOff, signOff } from "./sign_offs.ts";

export interface WorkStore {
  breakSummary(filter: BreakFilter): Promise<BreakSummary>;
  /** What the e-mail about a break is written from, or null. */
  chaseFacts(id: string): ReturnType<typeof loadChaseFacts>;
  /** Freezes what is open of a business date; throws the refusal of `sign_off`. */
  signOff(signing: Signing): Promise<SignOff>;
  signOffs(page: { rowsMax: number; before?: string | null }): Promise<SignOff[]>;
  /** A sign-off with its breaks, or null. */
  signOffOf(date: string): ReturnType<typeof loadSignOff>;
}

export function openWork(database: Database, calendar: Calendar): WorkStore {
  return {
    breakSummary: (filter) => loadBreakSummary(database, filter, calendar),
    chaseFacts: (id) => loadChaseFacts(database, id, calendar),
    signOff: (signing) => signOff(database, signing, calendar),
    signOffs: (page) => loadSignOffs(database, page),
    signOffOf: (date) => loadSignOff(database, date),
  };
}
