/**
 * What a broker tells of an order: ExecutionReports (8) from its acknowledgement to its end, and OrderCancelReject
 * (9). FIX 4.2 tells a correction or bust by ExecTransType (20), later versions by ExecType (150).
 *
 * @module
 */

import type { FieldToEncode } from "../shared/fix/mod.ts";
import type { Fees } from "../shared/trade/fees.ts";
import type { Fill } from "./bookings.ts";
import { feesInCents } from "./cents.ts";
import { commissionFields, miscFeeFields, statesFees } from "./fee_fields.ts";
import { termFields } from "./fund_orders.ts";
import type { Order, Terms } from "./orders.ts";
import {
  brokerFields,
  fixDate,
  fixTime,
  instrumentFields,
  marketFields,
  type Moment,
  sideOf,
  type StreetMessage,
} from "./street_message.ts";
import { averageText } from "./ticks.ts";

/** ExecTransType (20) of 4.2. */
const NEW = "0";
const CANCEL = "1";
const CORRECT = "2";
const NO_EXEC_ID = "0";
const LAST_QTY = 32;

/** What a report is: `execType` as from 4.4 on, and what 4.2 says instead. */
interface Kind {
  readonly execId: string;
  readonly execType: string;
  readonly ordStatus: string;
  readonly execType42?: string;
  readonly transType42?: string;
  /** ExecRefID (19): the execution that is corrected or cancelled. */
  readonly execRefId?: string;
}

/** The broker has the order. */
export function acknowledgement(order: Order, moment: Moment): StreetMessage {
  return report(order, moment, { execId: moment.reportId(), execType: "0", ordStatus: "0" });
}

/** The broker refuses the order. */
export function rejection(order: Order, reason: Rejection, moment: Moment): StreetMessage {
  order.state.endStatus = "8";
  const kind = { execId: moment.reportId(), execType: "8", ordStatus: "8" };
  return report(order, moment, kind, [[103, reason.code], [58, reason.text]]);
}

/** The broker has a request for other terms (ExecType E) or for a cancel (6), and works on it. */
export function pending(order: Order, asked: Terms, what: "E" | "6", moment: Moment): StreetMessage {
  const kind = { execId: moment.reportId(), execType: what, ordStatus: what };
  return report(order, moment, kind, [], asked);
}

/** From here on the order has the new terms. In 4.2 an order without a fill is then Replaced (5). */
export function replaced(order: Order, terms: Terms, moment: Moment): StreetMessage {
  order.state.terms = terms;
  const isUnfilled = order.state.cumQuantity === 0;
  const ordStatus = isUnfilled && moment.version === "4.2" ? "5" : statusOf(order);
  return report(
    order,
    moment,
    { execId: moment.reportId(), execType: "5", ordStatus },
    termFields(order, terms),
  );
}

/** What is left of the order is cancelled (4) or expires (C), on request or not. */
export function ended(order: Order, how: "4" | "C", asked: Terms | null, moment: Moment): StreetMessage {
  if (asked !== null) order.state.terms = asked;
  order.state.endStatus = how;
  const text: FieldToEncode[] = asked !== null || how === "C" ? [] : [[58, "Unsolicited cancel"]];
  return report(order, moment, { execId: moment.reportId(), execType: how, ordStatus: how }, text);
}

/** Too late: there is nothing left to cancel or replace. */
export function cancelReject(order: Order, asked: Terms, request: "F" | "G", moment: Moment): StreetMessage {
  return {
    msgType: "9",
    body: [
      [37, order.brokerOrderId],
      [11, asked.clOrdId],
      [41, asked.origClOrdId!],
      [39, statusOf(order)],
      [434, request === "F" ? "1" : "2"],
      [102, "0"],
      [60, fixTime(moment.atMs)],
    ],
  };
}

export function execution(fill: Fill, moment: Moment): StreetMessage {
  const { order, execId } = fill;
  const ordStatus = statusOf(order);
  return report(
    order,
    moment,
    { execId, execType: "F", ordStatus, execType42: ordStatus },
    [...tradeFields(fill, fill.price), ...feeFields(fill, fill.firstFees, moment)],
  );
}

/** The execution's price was wrong, and is now this. */
export function correction(fill: Fill, price: string, moment: Moment): StreetMessage {
  const { order, execId } = fill;
  const ordStatus = statusOf(order);
  const kind = {
    execId: `${execId}-G`,
    execType: "G",
    ordStatus,
    execType42: ordStatus,
    transType42: CORRECT,
    execRefId: execId,
  };
  return report(order, moment, kind, [
    ...tradeFields(fill, price),
    ...feeFields(fill, fill.amounts.fees, moment),
  ]);
}

/** The execution never was. */
export function bust(fill: Fill, moment: Moment): StreetMessage {
  const { order, execId } = fill;
  const ordStatus = statusOf(order);
  const kind = {
    execId: `${execId}-H`,
    execType: "H",
    ordStatus,
    execType42: ordStatus,
    transType42: CANCEL,
    execRefId: execId,
  };
  return report(order, moment, kind, tradeFields(fill, fill.price));
}

/** Where the order stands, after the fund doubted an execution. 4.2 has no ExecType for it. */
export function orderStatus(order: Order, moment: Moment): StreetMessage {
  const kind = { execId: NO_EXEC_ID, execType: "I", ordStatus: statusOf(order) };
  return report(order, moment, kind, [[58, "The execution stands"]]);
}

/** OrdRejReason (103) and Text (58). */
export interface Rejection {
  readonly code: string;
  readonly text: string;
}

export const REJECTIONS: readonly Rejection[] = [
  { code: "3", text: "Order exceeds limit" },
  { code: "2", text: "Market closed" },
  { code: "1", text: "Unknown symbol" },
];

function statusOf({ state: { endStatus, cumQuantity, terms } }: Order): string {
  if (endStatus !== null) return endStatus;
  if (cumQuantity === 0) return "0";
  return cumQuantity < terms.quantity ? "1" : "2";
}

/** FIX 4.2 has no miscellaneous fees in a report. */
function feeFields({ order }: Fill, fees: Fees, { version }: Moment): FieldToEncode[] {
  if (!statesFees(order)) return [];
  const cents = feesInCents(fees);
  return [...commissionFields(cents, version), ...(version === "4.2" ? [] : miscFeeFields(cents))];
}

function tradeFields({ order, quantity, tradeDate, settlementDate }: Fill, price: string): FieldToEncode[] {
  return [
    ...termFields(order, order.state.terms),
    [32, String(quantity)],
    [31, price],
    ...marketFields(order),
    [75, fixDate(tradeDate)],
    [64, fixDate(settlementDate)],
  ];
}

/** `asked` are the terms of a request that is answered here, where they are not the order's yet. */
function report(
  order: Order,
  { version, atMs }: Moment,
  kind: Kind,
  more: readonly FieldToEncode[] = [],
  asked?: Terms,
): StreetMessage {
  const { state } = order;
  const { clOrdId, origClOrdId } = asked ?? state.terms;
  const { cumQuantity } = state;
  const left = state.endStatus === null ? state.terms.quantity - cumQuantity : 0;
  const average = cumQuantity === 0 ? "0" : averageText(state.cumTicks, cumQuantity, order.quote.tick);
  const body: FieldToEncode[] = [[37, order.brokerOrderId], [11, clOrdId]];
  if (origClOrdId !== null) body.push([41, origClOrdId]);
  body.push(...brokerFields(order, version), [17, kind.execId]);
  if (version === "4.2") body.push([20, kind.transType42 ?? NEW]);
  if (kind.execRefId !== undefined) body.push([19, kind.execRefId]);
  body.push(
    [150, version === "4.2" ? kind.execType42 ?? kind.execType : kind.execType],
    [39, kind.ordStatus],
    ...instrumentFields(order, version),
    [54, sideOf(order)],
    [38, String(state.terms.quantity)],
    ...more,
    [151, String(left)],
    [14, String(cumQuantity)],
    [6, average],
    [60, fixTime(atMs)],
  );
  return { msgType: "8", body, isExecution: more.some(([tag]) => tag === LAST_QTY) };
}
