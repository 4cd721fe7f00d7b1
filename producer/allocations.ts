/**
 * How a block is shared out: the fund's allocation (J) and the broker's answer (P); where the broker calculates the
 * money, its report of it (AS, in 4.2 a J of its own) and the fund's answer (AT, in 4.2 P); and, where an account
 * settles elsewhere than usual, the fund's settlement instructions (T).
 *
 * @module
 */

import type { FieldToEncode } from "../shared/fix/mod.ts";
import type { Block, Share } from "./blocks.ts";
import { centsText } from "./cents.ts";
import { commissionFields, miscFeeFields } from "./fee_fields.ts";
import type { FixVersion } from "./fix_version.ts";
import {
  brokerFields,
  fixDate,
  fixTime,
  instrumentFields,
  type Moment,
  sideOf,
  type StreetMessage,
} from "./street_message.ts";

/** AllocTransType (71). FIX 4.2 says with it what 4.4 says with AllocType (626). */
const NEW = "0";
const PRELIMINARY_42 = "3";
const CALCULATED_42 = "4";
const CALCULATED = "1";
const PRELIMINARY = "2";
/** AllocStatus (87). */
const ACCEPTED = "0";
const RECEIVED = "3";
const BLOCK_REJECTED = "1";
/** AllocRejCode (88). */
const INCORRECT_QUANTITY = "1";

/** SettlLocation (166): 4.2 knows no others. */
const LOCATIONS_42: Readonly<Record<string, string>> = {
  DTC: "DTC",
  Fedwire: "FED",
  Euroclear: "EUR",
  Clearstream: "CED",
};

/** @param isPreliminary Quantities only: the broker calculates the money. */
export function allocation(block: Block, isPreliminary: boolean, { version, atMs }: Moment): StreetMessage {
  const kind: FieldToEncode[] = version === "4.2"
    ? [[71, isPreliminary ? PRELIMINARY_42 : NEW]]
    : [[71, NEW], [626, isPreliminary ? PRELIMINARY : CALCULATED], [857, "1"]];
  return {
    msgType: "J",
    body: [
      [70, allocIdOf(block)],
      ...kind,
      ...orderFields(block),
      ...executionFields(block),
      ...blockFields(block, version, atMs, !isPreliminary),
    ],
  };
}

export function allocationAck(
  block: Block,
  isPreliminary: boolean,
  { version, atMs }: Moment,
): StreetMessage {
  const allocId = allocIdOf(block);
  return {
    msgType: "P",
    key: allocId,
    body: [
      [70, allocId],
      ...brokerFields(block.order, version),
      [75, fixDate(block.tradeDate)],
      [60, fixTime(atMs)],
      [87, isPreliminary ? RECEIVED : ACCEPTED],
    ],
  };
}

/** The accounts' quantities are not the block's. */
export function allocationRefusal(block: Block, moment: Moment): StreetMessage {
  const { body, ...rest } = allocationAck(block, false, moment);
  const status = body.map((field): FieldToEncode => field[0] === 87 ? [87, BLOCK_REJECTED] : field);
  return { ...rest, body: [...status, [88, INCORRECT_QUANTITY]] };
}

/** The broker's money for a preliminary allocation. */
export function allocationReport(block: Block, { version, atMs }: Moment): StreetMessage {
  const rest = [...orderFields(block), ...blockFields(block, version, atMs, true)];
  if (version === "4.2") {
    const body: FieldToEncode[] = [[70, reportIdOf(block)], [71, CALCULATED_42], [72, allocIdOf(block)]];
    return { msgType: "J", body: [...body, ...rest] };
  }
  const body: FieldToEncode[] = [
    [755, reportIdOf(block)],
    [70, allocIdOf(block)],
    [71, NEW],
    [794, "3"],
    [87, ACCEPTED],
    [857, "1"],
    ...brokerFields(block.order, version),
  ];
  return { msgType: "AS", body: [...body, ...rest] };
}

export function allocationReportAck(block: Block, { version, atMs }: Moment): StreetMessage {
  const allocId = version === "4.2" ? reportIdOf(block) : allocIdOf(block);
  const body: FieldToEncode[] = [
    [70, allocId],
    [75, fixDate(block.tradeDate)],
    [60, fixTime(atMs)],
    [87, ACCEPTED],
  ];
  if (version !== "4.2") body.unshift([755, reportIdOf(block)]);
  return { msgType: version === "4.2" ? "P" : "AT", key: allocId, body };
}

/** Where one account's part settles: in 4.2 by allocation, later by order. */
export function settlementInstruction(block: Block, { version, atMs }: Moment): StreetMessage {
  const { order, id, shares } = block;
  const { venue } = order.quote.instrument;
  const instructionId = `SI-${id}`;
  if (version === "4.2") {
    const location = LOCATIONS_42[venue];
    const allocId = allocIdOf(block);
    return {
      msgType: "T",
      key: allocId,
      body: [
        [162, instructionId],
        [163, "N"],
        [214, instructionId],
        [160, "2"],
        [165, "2"],
        [79, shares[0]!.account],
        ...(location === undefined ? [] : [[166, location] as const]),
        [75, fixDate(block.tradeDate)],
        [70, allocId],
        [54, sideOf(order)],
        [60, fixTime(atMs)],
      ],
    };
  }
  return {
    msgType: "T",
    body: [
      [777, `SM-${id}`],
      [160, "4"],
      [11, order.clOrdId],
      [60, fixTime(atMs)],
      [778, "1"],
      [162, instructionId],
      [163, "N"],
      [453, "1"],
      [448, venue],
      [447, "D"],
      [452, "10"],
      [54, sideOf(order)],
      [172, "0"],
    ],
  };
}

export function allocIdOf({ id }: Block): string {
  return `A-${id}`;
}

function reportIdOf({ id }: Block): string {
  return `AR-${id}`;
}

export function orderFields({ order }: Block): FieldToEncode[] {
  return [[73, "1"], [11, order.clOrdId], [37, order.brokerOrderId]];
}

function executionFields({ fills }: Block): FieldToEncode[] {
  return [
    [124, String(fills.length)],
    ...fills.flatMap(({ quantity, execId, amounts }): FieldToEncode[] => [
      [32, String(quantity)],
      [17, execId],
      [31, amounts.price],
    ]),
  ];
}

function blockFields(block: Block, version: FixVersion, atMs: number, hasMoney: boolean): FieldToEncode[] {
  const { order, quantity, averagePrice, shares } = block;
  const money: FieldToEncode[] = hasMoney ? [[118, centsText(block.net)]] : [];
  return [
    [54, sideOf(order)],
    ...instrumentFields(order, version),
    [53, String(quantity)],
    [6, averagePrice],
    [15, order.quote.instrument.currency],
    [75, fixDate(block.tradeDate)],
    [60, fixTime(atMs)],
    [64, fixDate(block.settlementDate)],
    [381, centsText(block.gross)],
    ...money,
    [78, String(shares.length)],
    ...shares.flatMap((share) => shareFields(share, version, hasMoney)),
  ];
}

function shareFields(share: Share, version: FixVersion, hasMoney: boolean): FieldToEncode[] {
  const quantity: FieldToEncode[] = [[79, share.account], [80, String(share.quantity)]];
  if (!hasMoney) return quantity;
  return [
    ...quantity,
    ...commissionFields(share.fees, version),
    [154, centsText(share.net)],
    ...miscFeeFields(share.fees),
  ];
}
