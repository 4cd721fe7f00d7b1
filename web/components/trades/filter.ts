/**
 * Whether a trade that comes in by the stream belongs to the list on the page, as the server would decide.
 *
 * @module
 */

import type { TradeRow } from "../../../shared/kpi/mod.ts";

/** As the address has it. */
export type ListParams = Readonly<Record<string, string>>;

/** What the address holds beside the filter. */
export const NOT_FILTERS = ["sort", "columns", "cursor", "before", "at", "limit", "count"];

type Test = (row: TradeRow, value: string) => boolean;

const TESTS: Record<string, Test> = {
  q: ({ trade_id, order_id, exec_id, instrument }, value) =>
    [trade_id, order_id, exec_id].includes(value) || instrument.toLowerCase().includes(value.toLowerCase()),
  tradeId: ({ trade_id }, value) => trade_id === value,
  execId: ({ exec_id }, value) => exec_id === value,
  orderId: ({ order_id }, value) => order_id === value,
  assetClass: ({ asset_class }, value) => asset_class === value.toLowerCase(),
  counterparty: ({ counterparty }, value) => counterparty === value,
  status: ({ status }, value) => status === value.toLowerCase(),
  stage: ({ stage }, value) => stage === value.toLowerCase(),
  instrument: ({ instrument }, value) => instrument === value,
  side: ({ side }, value) => side === value.toLowerCase(),
  venue: ({ settlement_venue }, value) => settlement_venue === value,
  currency: ({ currency }, value) => currency === value,
  from: ({ trade_date }, value) => trade_date >= value,
  to: ({ trade_date }, value) => trade_date <= value,
  settlesFrom: ({ settlement_date }, value) => settlement_date >= value,
  settlesTo: ({ settlement_date }, value) => settlement_date <= value,
};

export function matches(params: ListParams, row: TradeRow): boolean {
  return Object.entries(params).every(([name, value]) => TESTS[name]?.(row, value) ?? true);
}

/** The names of the filters that are set. */
export function filtersOf(params: ListParams): string[] {
  return Object.keys(params).filter((name) => !NOT_FILTERS.includes(name));
}

/** The list with some parameters changed; undefined takes one away. The page in the list is not kept. */
export function toAddress(
  params: ListParams,
  changes: Readonly<Record<string, string | undefined>> = {},
): string {
  const { cursor: _, before: __, at: ___, ...kept } = params;
  const query = new URLSearchParams(
    Object.entries({ ...kept, ...changes }).filter((entry): entry is [string, string] =>
      entry[1] !== undefined
    ),
  );
  return query.size > 0 ? `/trades?${query}` : "/trades";
}
