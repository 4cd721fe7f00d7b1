/**
 * The API as the workbench calls it. Whatever happens comes back as a value: done, refused with the break as it now
 * is, or no answer at all.
 *
 * @module
 */

import type { Action, ActionDetails } from "./actions.ts";
import type { Break, BreakStory, Summary } from "./break.ts";
import { type QueueFilter, toQuery } from "./queue.ts";

export type Outcome =
  | { readonly kind: "done"; readonly row: BreakStory }
  | {
    readonly kind: "refused";
    /** `version`: somebody was faster; `four_eyes`, `not_possible`, `no_break`. */
    readonly code: string | undefined;
    readonly detail: string;
    /** As it is now. */
    readonly current: BreakStory | null;
  };

/** One break of a bulk action, and what became of it. */
export interface BulkItem {
  readonly id: number;
  readonly status: number;
  readonly code?: string;
  readonly detail?: string;
  readonly break?: Break | null;
}

export interface Chase {
  readonly to: string | null;
  readonly subject: string;
  readonly text: string;
}

/** The API's own limit. */
export const BULK_MAX = 500;
export const PAGE_ROWS = 100;
const ANSWER_MAX_MS = 15_000;

export async function act(
  row: Pick<Break, "id" | "version">,
  action: Action,
  details: ActionDetails,
  user: string,
): Promise<Outcome> {
  const answer = await post(`/api/v1/breaks/${row.id}/${action}`, { version: row.version, ...details }, user);
  if (answer.ok) return { kind: "done", row: answer.body as BreakStory };
  const { code, detail, break: current } = answer.body as Problem;
  return { kind: "refused", code, detail: detail ?? "The server gave no reason.", current: current ?? null };
}

/** @throws {Error} With the reason, when the whole request was refused. */
export async function actOnMany(
  rows: readonly Pick<Break, "id" | "version">[],
  action: Action,
  details: ActionDetails,
  user: string,
): Promise<BulkItem[]> {
  const breaks = rows.map(({ id, version }) => ({ id, version }));
  const answer = await post("/api/v1/breaks/bulk", { action, ...details, breaks }, user);
  if (answer.ok) return (answer.body as { items: BulkItem[] }).items;
  throw new Error((answer.body as Problem).detail ?? "The server gave no reason.");
}

/** @throws {Error} With the reason. */
export async function loadPage(
  filter: QueueFilter,
  user: string | null,
  cursor: string | null,
): Promise<{ items: Break[]; next: string | null }> {
  const params = toQuery(filter, user);
  params.set("limit", String(PAGE_ROWS));
  if (cursor !== null) params.set("cursor", cursor);
  return await get(`/api/v1/breaks?${params}`);
}

/** @throws {Error} With the reason. */
export function loadStory(id: number): Promise<BreakStory> {
  return get(`/api/v1/breaks/${id}`);
}

/** @throws {Error} With the reason. */
export function loadChase(id: number): Promise<Chase> {
  return get(`/api/v1/breaks/${id}/chase`);
}

/** Of all open breaks. @throws {Error} With the reason. */
export function loadSummary(): Promise<Summary> {
  return get("/api/v1/breaks/summary");
}

export interface Problem {
  readonly code?: string;
  readonly detail?: string;
  readonly break?: BreakStory | null;
}

/** @throws {Error} With the reason. */
export async function get<T>(path: string): Promise<T> {
  const answer = await ask(path, {});
  if (answer.ok) return answer.body as T;
  throw new Error((answer.body as Problem).detail ?? "The server gave no reason.");
}

export function post(path: string, body: unknown, user: string): Promise<{ ok: boolean; body: unknown }> {
  const headers = { "content-type": "application/json", "x-breakwater-user": user };
  return ask(path, { method: "POST", headers, body: JSON.stringify(body) });
}

async function ask(path: string, init: RequestInit): Promise<{ ok: boolean; body: unknown }> {
  try {
    const response = await fetch(path, { ...init, signal: AbortSignal.timeout(ANSWER_MAX_MS) });
    return { ok: response.ok, body: await response.json() };
  } catch (error) {
    return { ok: false, body: { detail: `The server did not answer: ${(error as Error).message}` } };
  }
}
