/**
 * `GET /api/v1/settlement-date`: when a trade settles, by which calendars, and why.
 *
 * @module
 */

import { type Calendars, settlementDate } from "../../shared/trade/calendar/mod.ts";
import { BadRequestError, toProblemResponse } from "./problem.ts";
import { readQuery, SETTLEMENT_QUERY } from "./query.ts";

/**
 * 422: the question is well put, and there are no rules or days to answer it from.
 *
 * @throws {BadRequestError} If a parameter is missing or cannot be read.
 */
export function toSettlementResponse(params: URLSearchParams, calendars: Calendars): Response {
  const answer = settlementDate(readQuery(SETTLEMENT_QUERY, params), calendars);
  if (answer.kind === "refused") {
    const { code, text } = answer;
    if (code.startsWith("bad_")) throw new BadRequestError(text);
    return toProblemResponse({ status: 422, title: "No settlement date", detail: text, code });
  }
  const { kind: _, ...settlement } = answer;
  return Response.json(settlement);
}
