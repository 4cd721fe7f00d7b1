/**
 * Spans of time and ages as the workbench says them.
 *
 * @module
 */

import { formatAge } from "../../../shared/kpi/mod.ts";
import type { Break } from "./break.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Beyond this, minutes say nothing. */
const EXACT_MAX_MS = 10 * HOUR_MS;

/** `42 min`, `1 h 42 min`, `26 h`, `3 d`. */
export function formatSpan(ms: number): string {
  if (ms < HOUR_MS || ms >= EXACT_MAX_MS) return formatAge(ms);
  const minutes = Math.floor(ms / MINUTE_MS) % 60;
  return `${Math.floor(ms / HOUR_MS)} h${minutes > 0 ? ` ${minutes} min` : ""}`;
}

export interface Due {
  readonly state: "due" | "soon" | "over" | "kept" | "missed" | "none";
  readonly text: string;
}

/** From here on the clock asks for attention. */
const SOON_MS = HOUR_MS;

/** Where a break stands against its deadline. */
export function toDue({ due_at, closed_at, overdue }: Break, nowMs: number): Due {
  if (!due_at) return { state: "none", text: "No deadline" };
  if (closed_at !== null) {
    return overdue ? { state: "missed", text: "Late" } : { state: "kept", text: "In time" };
  }
  const leftMs = Date.parse(due_at) - nowMs;
  if (leftMs <= 0) return { state: "over", text: `${formatSpan(-leftMs)} over` };
  return { state: leftMs < SOON_MS ? "soon" : "due", text: `in ${formatSpan(leftMs)}` };
}

/** In business days, and on the first of them by the clock. */
export function toAge({ opened_at, closed_at, age_business_days: days }: Break, nowMs: number): string {
  const end = closed_at === null ? nowMs : Date.parse(closed_at);
  if (!days) return formatSpan(Math.max(0, end - Date.parse(opened_at)));
  return days === 1 ? "1 day" : `${days} days`;
}
