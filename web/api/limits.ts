/**
 * `/api/v1/limits`: what may be open with a counterparty, each change a new version by a named user; and
 * `/api/v1/alerts`, which follow from them.
 *
 * @module
 */

import { z } from "zod";
import { compare, isNegative, isZero, readAmount } from "../../shared/trade/decimal.ts";
import type { AlertRow, Limit, Store } from "../store.ts";
import { today } from "../store/business_day.ts";
import { NAME, readActor, refuseRemote } from "./actor.ts";
import { readBody } from "./body.ts";
import { DETAILS, VERSION } from "./break_actions.ts";
import { readCursor } from "./cursor.ts";
import { type Page, toPage } from "./pages.ts";
import { BadRequestError, toProblemResponse } from "./problem.ts";
import { day, limit, oneOf, readQuery, text } from "./query.ts";

const BODY_BYTES_MAX = 32 * 1024;
const HISTORY_ROWS_MAX = 500;

const amount = z.string().transform((value, context) => {
  const read = readAmount(value);
  if (read.kind === "amount" && !isNegative(read.text) && !isZero(read.text)) return read.text;
  context.addIssue('must be an amount above 0 as text, such as "1000000.00"');
  return z.NEVER;
}).nullable();

const BODY = z.strictObject({
  counterparty: NAME,
  version: VERSION,
  warnUsd: amount,
  breachUsd: amount,
  measure: z.enum(["gross", "net"]).default("gross"),
  validFrom: day.optional(),
  text: DETAILS.text,
}).refine(({ warnUsd, breachUsd }) => (warnUsd === null) === (breachUsd === null), {
  message: "and breachUsd must both be amounts, or both null",
  path: ["warnUsd"],
}).refine(
  ({ warnUsd, breachUsd }) => warnUsd === null || breachUsd === null || compare(warnUsd, breachUsd) <= 0,
  { message: "must not be above breachUsd", path: ["warnUsd"] },
);

const QUERY = z.strictObject({ counterparty: text.optional(), history: z.literal("true").optional() })
  .refine(({ counterparty, history }) => history === undefined || counterparty !== undefined, {
    message: "needs a counterparty",
    path: ["history"],
  });

/** @throws {BadRequestError} */
export async function loadLimitsPage(store: Store, params: URLSearchParams): Promise<Page<Limit>> {
  const { counterparty, history } = readQuery(QUERY, params);
  if (history !== undefined) {
    return { items: await store.limitHistory(counterparty!, HISTORY_ROWS_MAX), next: null };
  }
  const limits = await store.limits(today());
  return {
    items: limits.filter((one) => counterparty === undefined || one.counterparty === counterparty),
    next: null,
  };
}

/** `POST /api/v1/limits`: 201 with the new version. */
export async function toLimitResponse(store: Store, request: Request, host: string): Promise<Response> {
  const remote = refuseRemote(host);
  if (remote) return remote;
  const actor = readActor(request);
  const { validFrom = today(), text, ...said } = await readBody(request, BODY, {
    bytesMax: BODY_BYTES_MAX,
    example: '{"counterparty": "Citi", "version": 0, "warnUsd": "1000000", "breachUsd": "2000000"}',
  });
  if (validFrom < today()) {
    const detail = `${validFrom} is past: what was in force then stays as it was.`;
    return toProblemResponse({ status: 422, title: "Not possible", code: "not_possible", detail });
  }
  try {
    const changed = await store.changeLimit({ ...said, validFrom, actor, text: text || null });
    return Response.json(changed, { status: 201, headers: { "cache-control": "no-store" } });
  } catch (error) {
    if ((error as { code?: string }).code !== "BW409") throw error;
    const [newest = null] = await store.limitHistory(said.counterparty, 1);
    const detail = `The limit of ${said.counterparty} is at version ${
      newest?.version ?? 0
    }, not ${said.version}.`;
    return toProblemResponse({
      status: 409,
      title: "Changed in the meantime",
      code: "version",
      detail,
      limit: newest,
    });
  }
}

const ALERTS_QUERY = z.strictObject({
  state: oneOf(["open", "closed", "all"]).default("open"),
  kind: text.optional(),
  limit,
  cursor: text.optional(),
});

/** @throws {BadRequestError} */
export async function readAlertsPage(store: Store, params: URLSearchParams): Promise<Page<AlertRow>> {
  const { state, kind, limit, cursor } = readQuery(ALERTS_QUERY, params);
  const [openedAt, id] = cursor === undefined ? [] : readCursor(cursor);
  if (id !== undefined && !/^\d{1,18}$/.test(id)) throw new BadRequestError("cursor is one of another list");
  const rows = await store.alerts({ state: state === "all" ? undefined : state, kind }, {
    rowsMax: limit + 1,
    after: openedAt !== undefined && id !== undefined ? { openedAt, id } : undefined,
  });
  return toPage(rows, limit, ({ opened_at, id }) => [opened_at, String(id)]);
}
