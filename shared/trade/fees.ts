/**
 * What a trade costs. The schedule is the fund's own, the same for every broker, and billed in USD whatever the
 * trade's currency, so that fees add up across a book.
 *
 * @module
 */

import { add, compare, multiply, roundHalfUp } from "./decimal.ts";
import type { AssetClass } from "./trade.ts";

/** `rate` times the notional in USD, or times the quantity, rounded to cents; then at least `min`. */
interface Fee {
  readonly of: "notional" | "quantity";
  readonly rate: string;
  readonly min?: string;
}

interface Schedule {
  readonly brokerage: Fee;
  readonly clearing: Fee;
  readonly exchange: Fee;
}

const NONE: Fee = { of: "notional", rate: "0" };

/** 0.0001 of notional is one basis point; quantities of derivatives and commodities are contracts. */
export const FEE_SCHEDULE: Readonly<Record<AssetClass, Schedule>> = {
  equity: {
    brokerage: { of: "notional", rate: "0.0002", min: "1.00" },
    clearing: { of: "notional", rate: "0.00002" },
    exchange: { of: "notional", rate: "0.00003" },
  },
  bond: {
    brokerage: { of: "notional", rate: "0.0001" },
    clearing: { of: "notional", rate: "0.00002" },
    exchange: NONE,
  },
  derivative: {
    brokerage: { of: "quantity", rate: "1.25" },
    clearing: { of: "quantity", rate: "0.10" },
    exchange: { of: "quantity", rate: "1.18" },
  },
  fx: {
    brokerage: { of: "notional", rate: "0.00002" },
    clearing: { of: "notional", rate: "0.000001" },
    exchange: NONE,
  },
  commodity: {
    brokerage: { of: "quantity", rate: "1.50" },
    clearing: { of: "quantity", rate: "0.15" },
    exchange: { of: "quantity", rate: "1.60" },
  },
};

/** In USD, two decimals; `total` is the exact sum of the three. */
export interface Fees {
  readonly brokerage: string;
  readonly clearing: string;
  readonly exchange: string;
  readonly total: string;
}

export function feesOf(assetClass: AssetClass, quantity: string, notionalUsd: string): Fees {
  const schedule = FEE_SCHEDULE[assetClass];
  const brokerage = charge(schedule.brokerage, quantity, notionalUsd);
  const clearing = charge(schedule.clearing, quantity, notionalUsd);
  const exchange = charge(schedule.exchange, quantity, notionalUsd);
  return { brokerage, clearing, exchange, total: roundHalfUp(add(brokerage, clearing, exchange), 2) };
}

function charge(fee: Fee, quantity: string, notionalUsd: string): string {
  if (fee.rate === "0") return "0.00";
  const amount = roundHalfUp(multiply(fee.of === "notional" ? notionalUsd : quantity, fee.rate), 2);
  return fee.min !== undefined && compare(amount, fee.min) < 0 ? fee.min : amount;
}
