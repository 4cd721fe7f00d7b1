/**
 * `GET /api/v1/exposure`: what is open with whom, against its limits; the settlement ladder; and what netting would save.
 *
 * @module
 */

import Big from "big.js";
import { z } from "zod";
import { compare } from "../../shared/trade/decimal.ts";
import { isCurrency, multiplyByRate, rateOf } from "../../shared/trade/rates.ts";
import type { Cash, CounterpartyExposure, Position, Store } from "../store.ts";
import { today } from "../store/business_day.ts";
import { day, isOrdered, ORDER_FAULT, readQuery, text } from "./query.ts";

/** Rows of each list. */
export const EXPOSURE_ROWS_MAX = 5_000;

const QUERY = z.strictObject({
  counterparty: text.optional(),
  currency: text.optional(),
  from: day.optional(),
  to: day.optional(),
}).refine(isOrdered, ORDER_FAULT);

/** Cash to come in one currency on one date. */
export interface LadderStep {
  readonly value_date: string;
  readonly currency: string;
  readonly pay: string;
  readonly receive: string;
  /** Receive less pay. */
  readonly net: string;
  /** Null: there is no rate for the currency. */
  readonly net_usd: string | null;
  /** The date has passed, and the trades still count as open. */
  readonly overdue: boolean;
}

/** Payments of one counterparty in one currency on one date: each by itself, or only the difference. */
export interface NettingRow extends Cash {
  readonly before: string;
  readonly after: string;
}

export interface ExposurePage {
  readonly asOf: string;
  readonly date: string;
  readonly ratesAsOf: string;
  readonly counterparties: readonly CounterpartyExposure[];
  readonly positions: readonly Position[];
  readonly ladder: readonly LadderStep[];
  readonly netting: readonly NettingRow[];
  /** `saved`: fraction of the payments that netting would do without. */
  readonly nettingTotal: { readonly before_usd: string; readonly after_usd: string; readonly saved: number };
  readonly isCut: boolean;
}

/** @throws {BadRequestError} */
export async function loadExposurePage(store: Store, params: URLSearchParams): Promise<ExposurePage> {
  const filter = readQuery(QUERY, params);
  const date = today();
  const { counterparties, positions, cash } = await store.exposure(filter, {
    date,
    rowsMax: EXPOSURE_ROWS_MAX + 1,
  });
  const shown = cash.slice(0, EXPOSURE_ROWS_MAX);
  const netting = shown.map(toNetting);
  return {
    asOf: new Date().toISOString(),
    date,
    ratesAsOf: rateOf("USD", date).asOf,
    counterparties: counterparties.slice(0, EXPOSURE_ROWS_MAX),
    positions: positions.slice(0, EXPOSURE_ROWS_MAX),
    ladder: toLadder(shown, date),
    netting,
    nettingTotal: toTotal(netting, date),
    isCut: [counterparties, positions, cash].some((rows) => rows.length > EXPOSURE_ROWS_MAX),
  };
}

function toNetting(cash: Cash): NettingRow {
  const { pay, receive } = cash;
  return {
    ...cash,
    before: new Big(pay).plus(receive).toFixed(),
    after: new Big(receive).minus(pay).abs().toFixed(),
  };
}

/** Over all counterparties; the rows are in order of date and currency. */
function toLadder(cash: readonly Cash[], today: string): LadderStep[] {
  const steps = new Map<string, { first: Cash; pay: Big; receive: Big }>();
  for (const row of cash) {
    const key = `${row.value_date} ${row.currency}`;
    const { pay, receive } = steps.get(key) ?? { pay: new Big(0), receive: new Big(0) };
    steps.set(key, { first: row, pay: pay.plus(row.pay), receive: receive.plus(row.receive) });
  }
  return [...steps.values()].map(({ first: { value_date, currency }, pay, receive }) => {
    const net = receive.minus(pay).toFixed();
    return {
      value_date,
      currency,
      pay: pay.toFixed(),
      receive: receive.toFixed(),
      net,
      net_usd: toUsd(net, currency, today),
      overdue: value_date < today,
    };
  });
}

function toTotal(netting: readonly NettingRow[], today: string) {
  const sum = (amounts: readonly (string | null)[]) =>
    amounts.reduce((total, amount) => total.plus(amount ?? 0), new Big(0)).toFixed(2);
  const before = sum(netting.map(({ before, currency }) => toUsd(before, currency, today)));
  const after = sum(netting.map(({ after, currency }) => toUsd(after, currency, today)));
  const saved = compare(before, "0") === 0 ? 0 : 1 - Number(after) / Number(before);
  return { before_usd: before, after_usd: after, saved: Math.round(saved * 1e6) / 1e6 };
}

/** At the newest rate: what is to come has none of its own yet. */
function toUsd(amount: string, currency: string, day: string): string | null {
  return isCurrency(currency) ? multiplyByRate(amount, rateOf(currency, day)) : null;
}
