/**
 * Fees as FIX tells them: brokerage as an absolute commission (12 with 13=3), the others as miscellaneous fees
 * (136), where 139=4 is the exchange's and 7, "other", the clearing house's. All in USD.
 *
 * @module
 */

import type { FieldToEncode } from "../shared/fix/mod.ts";
import { centsText, type FeesInCents } from "./cents.ts";
import type { FixVersion } from "./fix_version.ts";
import type { Order } from "./orders.ts";

const FEE_CURRENCY = "USD";
const EXCHANGE_FEE = "4";
const CLEARING_FEE = "7";
/** Brokers that state their fees with each fill; the others bill them after the trade. */
const STATING = new Set(["MSCO", "BARC"]);

export function statesFees({ counterparty }: Order): boolean {
  return STATING.has(counterparty.compId);
}

export function commissionFields({ brokerage }: FeesInCents, version: FixVersion): FieldToEncode[] {
  const fields: FieldToEncode[] = [[12, centsText(brokerage)], [13, "3"]];
  if (version !== "4.2") fields.push([479, FEE_CURRENCY]);
  return fields;
}

export function miscFeeFields({ clearing, exchange }: FeesInCents): FieldToEncode[] {
  const fees = ([[exchange, EXCHANGE_FEE], [clearing, CLEARING_FEE]] as const).filter(([cents]) => cents > 0);
  if (fees.length === 0) return [];
  return [
    [136, String(fees.length)],
    ...fees.flatMap(([cents, type]): FieldToEncode[] => [
      [137, centsText(cents)],
      [138, FEE_CURRENCY],
      [139, type],
    ]),
  ];
}
