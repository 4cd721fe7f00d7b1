/**
 * `/api/v1/tolerances`: what difference is still none. A change is a new version by a named user, from a trade date on;
 * its dry run tells what it would have made of the past, by the very rule that judges pairs.
 *
 * @module
 */

import { z } from "zod";
import { isBeyond, type Tolerance, toleranceFor, TOLERATED_FIELDS } from "../../shared/reconcile/mod.ts";
import { isNegative, readAmount } from "../../shared/trade/decimal.ts";
import { findInstrument } from "../../shared/trade/instrument_ids.ts";
import { ASSET_CLASSES } from "../../shared/trade/trade.ts";
import type { Apart, Store, ToleranceChange, ToleranceRow } from "../store.ts";
import { today } from "../store/business_day.ts";
import { NAME, readActor, refuseRemote } from "./actor.ts";
import { readBody } from "./body.ts";
import { DETAILS } from "./break_actions.ts";
import type { Page } from "./pages.ts";
import { BadRequestError, toProblemResponse } from "./problem.ts";
import { day, isOrdered, oneOf, ORDER_FAULT, readQuery, text } from "./query.ts";

const BODY_BYTES_MAX = 32 * 1024;
const ROWS_MAX = 1_000;
/** Pairs that differ at all, of a dry run. */
const APART_MAX = 20_000;
/** Pairs that a dry run names. */
const NAMED_MAX = 200;
const DAYS_MAX = 366;

const amount = z.string().transform((value, context) => {
  const read = readAmount(value);
  if (read.kind === "amount" && !isNegative(read.text)) return read.text;
  context.addIssue('must be an amount of 0 or more as text, such as "0.01"');
  return z.NEVER;
}).nullable().default(null);

const SCOPE = {
  field: z.enum(TOLERATED_FIELDS),
  assetClass: z.enum(ASSET_CLASSES).nullable().default(null),
  counterparty: NAME.nullable().default(null),
};
const CHANGE = { ...SCOPE, absolute: amount, percent: amount, ticks: amount };

const BODY = z.strictObject({
  ...CHANGE,
  validFrom: day.optional(),
  /** The id of the version of this scope that the user saw last; left out: none is checked. */
  replaces: z.int().min(1).nullable().optional(),
  text: DETAILS.text,
});

const DRY_RUN = z.strictObject({
  change: z.strictObject({ ...CHANGE, validFrom: day.optional() }),
  from: day,
  to: day,
}).refine(isOrdered, ORDER_FAULT).refine(
  ({ from, to }) => Date.parse(to) - Date.parse(from) < DAYS_MAX * 86_400_000,
  { message: `must lie within ${DAYS_MAX} days before to`, path: ["from"] },
);

const QUERY = z.strictObject({
  field: oneOf(TOLERATED_FIELDS).optional(),
  assetClass: oneOf(ASSET_CLASSES).optional(),
  counterparty: text.optional(),
  history: z.literal("true").optional(),
});

/** @throws {BadRequestError} */
export async function loadTolerancesPage(store: Store, params: URLSearchParams): Promise<Page<ToleranceRow>> {
  const { history, ...scope } = readQuery(QUERY, params);
  const inForceOn = history === undefined ? today() : null;
  return { items: await store.tolerances(scope, { inForceOn, rowsMax: ROWS_MAX }), next: null };
}

/** `POST /api/v1/tolerances`: 201 with the new version. */
export async function toToleranceResponse(store: Store, request: Request, host: string): Promise<Response> {
  const remote = refuseRemote(host);
  if (remote) return remote;
  const actor = readActor(request);
  const { validFrom = today(), replaces, text, ...said } = await readBody(request, BODY, {
    bytesMax: BODY_BYTES_MAX,
    example: '{"field": "price", "absolute": "0.01"}',
  });
  if (validFrom < today()) {
    const detail = `${validFrom} is past: trades of that date are judged, and stay judged as they are.`;
    return toProblemResponse({ status: 422, title: "Not possible", code: "not_possible", detail });
  }
  const newest = await store.newestTolerance(said);
  try {
    const seen = replaces === undefined ? newest?.id ?? null : replaces;
    const change = { ...said, validFrom };
    const changed = await store.changeTolerance(change, { replaces: seen, actor, text: text || null });
    return Response.json(changed, { status: 201, headers: { "cache-control": "no-store" } });
  } catch (error) {
    if ((error as { code?: string }).code !== "BW409") throw error;
    const tolerance = await store.newestTolerance(said);
    const detail = `The newest version of this scope is ${tolerance?.id ?? "none"}, not ${
      replaces ?? "none"
    }.`;
    return toProblemResponse({
      status: 409,
      title: "Changed in the meantime",
      code: "version",
      detail,
      tolerance,
    });
  }
}

/** A pair that a change would judge otherwise. */
interface Judged {
  readonly trade_id: string;
  readonly exec_id: string | null;
  readonly counterparty: string;
  readonly book: string;
  readonly street: string;
  readonly breaks_now: boolean;
  readonly would_break: boolean;
}

/** `POST /api/v1/tolerances/dry-run`: changes nothing, so that anybody may ask. */
export async function toDryRunResponse(store: Store, request: Request): Promise<Response> {
  const { change, from, to } = await readBody(request, DRY_RUN, {
    bytesMax: BODY_BYTES_MAX,
    example: '{"change": {"field": "price", "absolute": "0.01"}, "from": "2026-11-01", "to": "2026-11-23"}',
  });
  const { field, assetClass } = change;
  if (field === "average_price") {
    const detail =
      "An average price is judged with its whole block, which a dry run does not put together again.";
    return toProblemResponse({ status: 422, title: "Not possible", code: "not_possible", detail });
  }
  try {
    const history = await store.toleranceHistory({ field, assetClass, from, to }, APART_MAX + 1);
    const judged = judgeAll(history.apart.slice(0, APART_MAX), history.tolerances, {
      ...change,
      validFrom: change.validFrom ?? from,
    });
    return Response.json({
      from,
      to,
      compared: history.compared,
      isCut: history.apart.length > APART_MAX,
      wouldBreak: judged.filter(({ would_break }) => would_break).length,
      wouldNotBreak: judged.filter(({ would_break }) => !would_break).length,
      items: judged.slice(0, NAMED_MAX),
    });
  } catch (error) {
    // https://www.postgresql.org/docs/18/errcodes-appendix.html: query_canceled
    if ((error as { code?: string }).code !== "57014") throw error;
    throw new BadRequestError(
      "these are more trades than a dry run reads: ask for fewer days, or an asset class",
    );
  }
}

/** Those that the change makes a difference to. */
function judgeAll(
  apart: readonly Apart[],
  tolerances: readonly Tolerance[],
  { field, assetClass, counterparty, absolute, percent, ticks, validFrom }: ToleranceChange,
): Judged[] {
  const id = String(tolerances.reduce((newest, row) => Math.max(newest, Number(row.id)), 0) + 1);
  const row = {
    id,
    valid_from: validFrom,
    field,
    asset_class: assetClass,
    counterparty,
    absolute,
    percent,
    ticks,
  };
  const then = [...tolerances, row];
  return apart.flatMap(({ trade_id, exec_id, asset_class, instrument, trade_date, ...pair }) => {
    const scope = { field, assetClass: asset_class, counterparty: pair.counterparty, tradeDate: trade_date };
    const tick = findInstrument(instrument)?.tick ?? null;
    const breaks = (rows: readonly Tolerance[]) =>
      isBeyond(pair.book, pair.street, toleranceFor(rows, scope), tick);
    const [breaks_now, would_break] = [breaks(tolerances), breaks(then)];
    return breaks_now === would_break ? [] : [{ trade_id, exec_id, ...pair, breaks_now, would_break }];
  });
}
