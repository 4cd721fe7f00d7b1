/**
 * The content of one version of a trade as one text: the same content gives the same text, whichever shape it
 * was sent in. Its digest tells a repeat of a version from a conflict.
 *
 * @module
 */

import { normalAmount } from "./decimal.ts";
import type { Trade } from "./trade.ts";

/** Cannot occur in a field: the reader refuses control characters. */
const SEPARATOR = "\x1f";

/** What is derived on our side, such as `notionalUsd`, is left out: a new rate must not look like new content. */
export function canonical(trade: Trade): string {
  return [
    trade.tradeId,
    String(trade.version),
    trade.eventType,
    trade.execId ?? "",
    trade.orderId ?? "",
    trade.assetClass,
    trade.instrument,
    trade.side,
    normalAmount(trade.quantity),
    normalAmount(trade.price),
    trade.currency,
    normalAmount(trade.notionalValue),
    trade.counterparty,
    trade.stage,
    trade.reportedBreak ?? "",
    trade.settlementVenue,
    trade.tradeDate,
    trade.settlementDate,
    normalAmount(trade.brokerageFee),
    normalAmount(trade.clearingFee),
    normalAmount(trade.exchangeFee),
    normalAmount(trade.totalFees),
    trade.priority,
    String(trade.stpEligible),
    trade.timestamp,
    trade.processedBy,
    ...settlementOf(trade),
  ].join(SEPARATOR);
}

/** A source that does not tell of settlement has the text it always had. */
function settlementOf({ settlementStatus, settlementReason, settledQuantity }: Trade): string[] {
  if (settlementStatus === null && settlementReason === null && settledQuantity === null) return [];
  const quantity = settledQuantity === null ? "" : normalAmount(settledQuantity);
  return [settlementStatus ?? "", settlementReason ?? "", quantity];
}
