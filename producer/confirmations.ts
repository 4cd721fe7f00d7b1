/**
 * How a trade is confirmed: the broker's Confirmation (AK) of an account's part and the fund's affirmation (AU);
 * for what is cleared, the broker's TradeCaptureReport (AE) of each execution and the fund's answer (AR).
 *
 * @module
 */

import type { FieldToEncode } from "../shared/fix/mod.ts";
import { allocIdOf, orderFields } from "./allocations.ts";
import { type Block, netOf, type Share } from "./blocks.ts";
import type { Fill } from "./bookings.ts";
import { centsOf, centsText, feesInCents } from "./cents.ts";
import { commissionFields, miscFeeFields } from "./fee_fields.ts";
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

/** OrderCapacity (528). */
const AGENCY = "A";
const AFFIRMED = "3";

/** One account's part of a block. */
interface Confirmed {
  readonly block: Block;
  readonly share: Share;
  readonly isAllocated: boolean;
}

export function confirmation(
  { block, share, isAllocated }: Confirmed,
  { version, atMs }: Moment,
): StreetMessage {
  const { order } = block;
  const quantity = String(share.quantity);
  const body: FieldToEncode[] = [
    [664, confirmIdOf(block, share)],
    [666, "0"],
    [773, "2"],
    [665, "4"],
    ...brokerFields(order, version),
    ...orderFields(block),
    [60, fixTime(atMs)],
    [75, fixDate(block.tradeDate)],
    ...instrumentFields(order, version),
    [80, quantity],
    [54, sideOf(order)],
    [15, order.quote.instrument.currency],
    [862, "1"],
    [528, AGENCY],
    [863, quantity],
    [79, share.account],
    [6, block.averagePrice],
    [381, centsText(share.gross)],
    [118, centsText(share.net)],
    [64, fixDate(block.settlementDate)],
    ...commissionFields(share.fees, version),
    ...miscFeeFields(share.fees),
  ];
  if (isAllocated) body.push([70, allocIdOf(block)]);
  // 4.4 asks for both groups: there are no underlyings and no legs.
  if (version === "4.4") body.push([711, "0"], [555, "0"]);
  return { msgType: "AK", body };
}

export function affirmation({ block, share }: Confirmed, { atMs }: Moment): StreetMessage {
  const confirmId = confirmIdOf(block, share);
  return {
    msgType: "AU",
    key: confirmId,
    body: [[664, confirmId], [75, fixDate(block.tradeDate)], [60, fixTime(atMs)], [940, AFFIRMED]],
  };
}

/**
 * It repeats an execution that was reported before (570=Y), with what the clearing house needs.
 *
 * @param executedMs Milliseconds since 1970.
 */
export function tradeCapture(fill: Fill, executedMs: number, { version }: Moment): StreetMessage {
  const { order, amounts } = fill;
  const fees = feesInCents(amounts.fees);
  const gross = centsOf(amounts.notional);
  const names: FieldToEncode[] = [[37, order.brokerOrderId], [11, order.clOrdId]];
  const currency: FieldToEncode = [15, order.quote.instrument.currency];
  const isLater = version === "5.0SP2";
  return {
    msgType: "AE",
    body: [
      [571, reportIdOf(fill)],
      [487, "0"],
      [856, "0"],
      [828, "0"],
      [17, fill.execId],
      [570, "Y"],
      ...instrumentFields(order, version),
      [32, amounts.quantity],
      [31, amounts.price],
      ...marketFields(order),
      [75, fixDate(fill.tradeDate)],
      [715, fixDate(fill.tradeDate)],
      [60, fixTime(executedMs)],
      [64, fixDate(fill.settlementDate)],
      ...(isLater ? [currency, [381, centsText(gross)] as const] : []),
      [552, "1"],
      [54, sideOf(order)],
      ...(isLater ? [] : names),
      ...brokerFields(order, version),
      [1, order.account],
      ...(isLater ? [] : [currency]),
      ...commissionFields(fees, version),
      ...(isLater ? [] : [[381, centsText(gross)] as const]),
      [118, centsText(netOf(order, gross, fees))],
      ...miscFeeFields(fees),
      ...(isLater ? names : []),
    ],
  };
}

export function tradeCaptureAck(fill: Fill, { version, atMs }: Moment): StreetMessage {
  const reportId = reportIdOf(fill);
  return {
    msgType: "AR",
    key: reportId,
    body: [
      [571, reportId],
      [487, "0"],
      [856, "0"],
      [150, "F"],
      [939, "0"],
      ...instrumentFields(fill.order, version),
      [60, fixTime(atMs)],
    ],
  };
}

function confirmIdOf({ id, shares }: Block, share: Share): string {
  return shares.length === 1 ? `C-${id}` : `C-${id}-${share.account}`;
}

function reportIdOf({ execId }: Fill): string {
  return `TR-${execId.slice(2)}`;
}
