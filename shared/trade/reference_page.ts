/**
 * The page of docs/ that shows the reference data as people read it: fees, settlement, stages, rates, instruments.
 *
 * @module
 */

import { CALENDARS } from "./calendar/calendars.ts";
import { MARKETS } from "./calendar/markets.ts";
import { COUNTERPARTIES } from "./counterparties.ts";
import { FEE_SCHEDULE } from "./fees.ts";
import { INSTRUMENTS } from "./instruments.ts";
import { NEXT_STAGES } from "./lifecycle.ts";
import { RATES_AS_OF, USD_RATES } from "./rates.ts";

export function referencePage(): string {
  return [
    "# Reference data",
    "Written by `deno task docs` from `shared/trade/`; change it there.",
    "## Fees",
    "In USD, whatever the trade's currency. Each component is rounded half up to cents; the total is their sum.",
    feeTable(),
    "## Settlement cycles",
    "Settlement days after the trade date, for trade dates from the day given until the market's next row. Spot " +
    "currencies (`fx_spot`) are T+2, USD/CAD T+1, by the calendars of both currencies and USD.",
    cycleTable(),
    "## Calendars",
    "Dated holidays from 2024-01-01 to 2029-01-31; provisional ones follow the standing rule and are not published yet.",
    calendarTable(),
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
  const rows = Object.entries(MARKETS).flatMap(([market, { trading, settlement, cycles }]) =>
    cycles.map(({ from, days, status, source }) => [
      market,
      from,
      String(days),
      status,
      source,
      trading,
      settlement.join(", "),
    ])
  );
  return table(["market", "trade dates from", "T+", "standing", "source", "trades by", "settles by"], rows);
}

function calendarTable(): string {
  const rows = Object.values(CALENDARS).flatMap(({ id, name, published }) =>
    published.map(({ from, to, status, source, days }) => [
      id,
      name,
      `${from} to ${to}`,
      status,
      String(days.length),
      source,
    ])
  );
  return table(["calendar", "name", "days", "standing", "holidays", "source"], rows);
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
