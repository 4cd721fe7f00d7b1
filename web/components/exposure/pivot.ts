/**
 * Positions of all counterparties by value date and currency. Pure.
 *
 * @module
 */

import { sum } from "./amounts.ts";
import type { Position } from "./exposure.ts";

/** USD as decimal text. */
export interface Cell {
  readonly gross: string;
  readonly net: string;
  readonly trades: number;
}

export interface Pivot {
  readonly currencies: readonly string[];
  readonly rows: readonly {
    readonly date: string;
    /** One for each currency; null: nothing is open. */
    readonly cells: readonly (Cell | null)[];
    readonly total: Cell;
  }[];
  readonly totals: readonly Cell[];
  readonly total: Cell;
}

export function toPivot(positions: readonly Position[]): Pivot {
  const byCurrency = Map.groupBy(positions, ({ currency }) => currency);
  const byDate = Map.groupBy(positions, ({ value_date }) => value_date);
  const currencies = [...byCurrency.keys()].sort();
  return {
    currencies,
    rows: [...byDate].sort(([a], [b]) => a < b ? -1 : 1).map(([date, own]) => {
      const cells = Map.groupBy(own, ({ currency }) => currency);
      return {
        date,
        cells: currencies.map((currency) => cells.has(currency) ? toCell(cells.get(currency)!) : null),
        total: toCell(own),
      };
    }),
    totals: currencies.map((currency) => toCell(byCurrency.get(currency)!)),
    total: toCell(positions),
  };
}

function toCell(positions: readonly Position[]): Cell {
  return {
    gross: sum(positions.map(({ gross_usd }) => gross_usd)),
    net: sum(positions.map(({ net_usd }) => net_usd)),
    trades: positions.reduce((total, { trades }) => total + trades, 0),
  };
}
