/**
 * `GET /api/v1/breaks`: a page of breaks by any filter, the worst first.
 *
 * @module
 */

import { z } from "zod";
import type { BreakRow } from "../../shared/kpi/mod.ts";
import { SEVERITIES } from "../../shared/reconcile/severity.ts";
import type { BreakCursor, BreakFilter, BreakOrder, Store } from "../store.ts";
import { readCursor } from "./cursor.ts";
import { type Page, toPage } from "./pages.ts";
import { BadRequestError } from "./problem.ts";
import { BREAK_TYPES, limit, oneOf, readQuery, text } from "./query.ts";

/** Statuses of breaks that nobody works on any more. */
const DONE = ["resolved", "written_off"];
const STATUSES = ["open", "assigned", "in_review", "pending_approval", ...DONE, "closed", "all"];

const isTrue = z.literal("true", 'must be "true", or left out').transform(() => true as const);

/** `open=true` says aloud what holds without a status. */
const FILTER = {
  status: oneOf(STATUSES).optional(),
  open: isTrue.optional(),
  type: oneOf(BREAK_TYPES).optional(),
  severity: oneOf(SEVERITIES).optional(),
  counterparty: text.optional(),
  tradeId: text.optional(),
  execId: text.optional(),
  owner: text.optional(),
  overdue: isTrue.optional(),
};
const isOpenOrStatus = ({ status, open }: { status?: string | undefined; open?: true | undefined }) =>
  status === undefined || open === undefined;
const OPEN_FAULT = { message: "cannot be asked for together with a status", path: ["open"] };

const LIST_QUERY = z.strictObject({
  ...FILTER,
  order: oneOf(["severity", "newest"]).transform((word) => word as BreakOrder).optional(),
  limit,
  cursor: text.optional(),
}).refine(isOpenOrStatus, OPEN_FAULT);

const SUMMARY_QUERY = z.strictObject(FILTER).refine(isOpenOrStatus, OPEN_FAULT);

/**
 * What is left to do comes in order of severity unless asked otherwise, what is done the newest first.
 *
 * @param user Who `owner=me` is; null: nobody said.
 * @throws {BadRequestError}
 */
export async function readBreaksPage(
  store: Store,
  params: URLSearchParams,
  user: string | null = null,
): Promise<Page<BreakRow>> {
  const { limit, cursor, order: asked, ...said } = readQuery(LIST_QUERY, params);
  const isDone = [...DONE, "closed", "all"].includes(said.status ?? "");
  const order = asked ?? (isDone ? "newest" : "severity");
  const after = cursor === undefined ? undefined : readPlace(cursor, order);
  const rows = await store.breaks(toFilter(said, user), { rowsMax: limit + 1, order, after });
  return toPage(rows, limit, ({ opened_at, id, severity }) => [
    opened_at,
    order === "severity" ? `${id} ${severity}` : String(id),
  ]);
}

/**
 * The filter of `GET /api/v1/breaks/summary`.
 *
 * @throws {BadRequestError}
 */
export function readSummaryFilter(params: URLSearchParams, user: string | null): BreakFilter {
  return toFilter(readQuery(SUMMARY_QUERY, params), user);
}

function toFilter({ open: _, owner, ...filter }: z.output<typeof SUMMARY_QUERY>, user: string | null) {
  if (owner !== "me") return { ...filter, owner: owner === "none" ? null : owner };
  if (user === null) throw new BadRequestError("owner=me needs the header X-Breakwater-User");
  return { ...filter, owner: user };
}

function readPlace(cursor: string, order: BreakOrder): BreakCursor {
  const [openedAt, place] = readCursor(cursor);
  const [id, severity, ...rest] = place.split(" ");
  const fits = order === "severity" ? SEVERITIES.some((one) => one === severity) : severity === undefined;
  if (!/^\d{1,18}$/.test(id!) || !fits || rest.length > 0) {
    throw new BadRequestError("cursor is one of another list");
  }
  return { openedAt, id: id!, severity };
}
