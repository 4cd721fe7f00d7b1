/**
 * The page of docs/ that shows the reference data as people read it: fees, settlement, stages, rates, instruments.
 *
 * @module
 */

import { COUNTERPARTIES } from "./counterparties.ts";
import { FEE_SCHEDULE } from "./fees.ts";
import { INSTRUMENTS } from "./instruments.ts";
import { NEXT_STAGES } from "./lifecycle.ts";
import { RATES_AS_OF, USD_RATES } from "./rates.ts";
import { CYCLES } from "./settlement.ts";

export function referencePage(): string {
  return [
    "# Reference data",
    "Written by `deno task docs` from `shared/trade/`; change it there.",
    "## Fees",
    "In USD, whatever the trade's currency. Each component is rounded half up to cents; the total is their sum.",
    feeTable(),
    "## Settlement cycles",
    "Business days after the trade date, for trade dates from the day given until the market's next row.",
    cycleTable(),
    "## Stages of a trade",
    table(
      ["stage", "next"],
      Object.entries(NEXT_STAGES).map(([stage, next]) => [stage, next.join(", ") || "–"]),
    ),
    "## USD reference rates",
    `USD for one unit, as of ${RATES_AS_OF}. Totals are converted with them.`,
    table(["currency", "USD"], Object.entries(USD_RATES)),
    "## Counterparties",
    table(["name", "CompID (49)"], COUNTERPARTIES.map(({ name, compId }) => [name, compId])),
    "## Instruments of the simulated market",
    "A future or option is shown by its root; records name the contract, such as `ESZ6` or `SPX261218P06500000`.",
    instrumentTable(),
  ].join("\n\n") + "\n";
}

function feeTable(): string {
  const rows = Object.entries(FEE_SCHEDULE).map(([assetClass, { brokerage, clearing, exchange }]) => [
    assetClass,
    ...[brokerage, clearing, exchange].map(({ of, rate, min }) => {
      if (rate === "0") return "none";
      return `${rate} × ${of}${min === undefined ? "" : `, at least ${min}`}`;
    }),
  ]);
  return table(["asset class", "brokerage", "clearing", "exchange"], rows);
}

function cycleTable(): string {
  const rows = CYCLES.map(({ market, from, days, provisional }) => [
    market,
    from,
    String(days),
    provisional ? "provisional" : "in force or law",
  ]);
  return table(["market", "trade dates from", "T+", "standing"], rows);
}

function instrumentTable(): string {
  const rows = INSTRUMENTS.map((each) => [
    each.symbol,
    each.name,
    each.assetClass,
    each.currency,
    each.quote === "percent" ? "% of face" : `× ${each.multiplier}`,
    each.tick,
    each.venue,
    each.market,
  ]);
  return table(["symbol", "name", "class", "currency", "value", "tick", "settles at", "market"], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
