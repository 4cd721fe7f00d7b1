/**
 * `GET /api/v1/breaks/{id}/chase`: the e-mail that asks the counterparty about a break.
 *
 * @module
 */

import { toChase } from "../../shared/reconcile/chase.ts";
import type { Store } from "../store.ts";
import { isBreakId } from "./break_actions.ts";
import { toProblemResponse } from "./problem.ts";

export async function toChaseResponse(store: Store, id: string): Promise<Response> {
  const facts = isBreakId(id) ? await store.chaseFacts(id) : null;
  if (facts === null) {
    return toProblemResponse({ status: 404, title: "Not found", detail: `There is no break "${id}".` });
  }
  const { counterparty } = facts;
  if (counterparty === null) {
    const detail = `Neither side of break ${id} names a counterparty, so there is nobody to ask.`;
    return toProblemResponse({ status: 422, title: "Nobody to ask", detail, code: "no_counterparty" });
  }
  return Response.json(toChase({ ...facts, counterparty }));
}
