/**
 * The page of docs/ that shows the reference data as people read it: fees, settlement, stages, rates, instruments.
 *
 * @module
 */

import { CALENDARS } from "./calendar/calendars.ts";
import { MARKETS } from "./calendar/markets.ts";
import { COUNTERPARTIES } from "./counterparties.ts";
import { CUT_OFFS } from "./cut_offs.ts";
import { FEE_SCHEDULE } from "./fees.ts";
import { INSTRUMENTS } from "./instruments.ts";
import { STEPS } from "./lifecycle.ts";
import { POST_TRADE_FIELDS, type PostTradeField } from "./post_trade_codes.ts";
import { RATE_ROWS } from "./rates.ts";
import { CLAIM_RATES } from "./settlement_claim.ts";
import { SETTLEMENT_REASONS } from "./settlement_reasons.ts";

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
    "## Cut-offs of allocation and affirmation",
    "Local times. Markets that are not listed have none: currencies, futures and listed options, government bonds.",
    cutOffTable(),
    "## Codes after the trade",
    "What a broker or the fund says of an allocation, a confirmation or a trade capture, and what it means for the trade. " +
    "Affirmed is a trade whose every live confirmation (AK) has an affirmation (AU) with AffirmStatus 3; a confirmation " +
    "alone, with ConfirmStatus 4, makes it confirmed.",
    codeTable(),
    "## Stages of a trade",
    "Every legal step, by which versions and who causes it. A version that takes another step is applied all the same, " +
    "and noted as an anomaly. A break is no stage: it overlays one, and when it closes the stage is back.",
    stepTable(),
    "## Settlement",
    "What a trade settles is its principal and accrued interest, with the fees on top for a buyer and off for a seller; a " +
    "future pays each day's variation and never its principal. A late settlement is estimated to cost principal × rate × " +
    "calendar days / basis, of the part that is open.",
    claimTable(),
    "Reasons of a failed settlement, by ISO 20022; another code or text is shown as it was sent.",
    table(
      ["code", "reason", "lies with"],
      Object.entries(SETTLEMENT_REASONS).map((
        [code, { about, responsible }],
      ) => [code, about, responsible ?? "–"]),
    ),
    "## USD reference rates",
    "USD for one unit, for trade dates from the day given until the next row; a trade keeps its rate and that day.",
    rateTable(),
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

function cutOffTable(): string {
  const rows = Object.entries(CUT_OFFS).flatMap(([market, cutOffs]) =>
    cutOffs.map(({ from, allocate, affirm, days, zone, source }) => [
      market,
      from,
      days === 0 ? "trade date" : `trade date + ${days}`,
      allocate ?? "none",
      affirm,
      zone,
      source,
    ])
  );
  return table(["market", "trade dates from", "on", "allocate by", "affirm by", "zone", "source"], rows);
}

function stepTable(): string {
  const rows = STEPS.map(({ from, to, by, actors, about }) => [
    from ?? "–",
    to,
    by.join(", "),
    actors.join(", ").replaceAll("_", " "),
    about,
  ]);
  return table(["from", "to", "version", "by", "what happened"], rows);
}

function claimTable(): string {
  const rows = CLAIM_RATES.flatMap(({ asOf, source, rates }) =>
    Object.entries(rates).map(([currency, { rate, basis, name }]) => [
      currency,
      asOf,
      name,
      rate,
      String(basis),
      source,
    ])
  );
  return table(["currency", "from", "rate", "a year", "basis", "source"], rows);
}

function codeTable(): string {
  const rows = Object.values<PostTradeField>(POST_TRADE_FIELDS).flatMap(({ tag, name, codes }) =>
    codes.map(({ value, about, status, reason }) => [
      `${name} (${tag})`,
      value,
      about,
      status ?? "–",
      reason ?? "–",
    ])
  );
  return table(["field", "value", "in FIX", "status", "reason"], rows);
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

function rateTable(): string {
  const currencies = Object.keys(RATE_ROWS.at(-1)!.usd);
  const rows = RATE_ROWS.flatMap(({ asOf, source, usd }) =>
    currencies.map((currency) => [currency, asOf, usd[currency] ?? "–", source])
  );
  return table(["currency", "trade dates from", "USD", "source"], rows);
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
