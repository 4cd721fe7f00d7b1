/**
 * The charts of the board and their places between the tables.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import * as charts from "../../shared/kpi/mod.ts";
import { ChartCard } from "./ChartCard.tsx";
import { toScope } from "./KpiCards.tsx";

interface Props {
  readonly kpi: ReadonlySignal<charts.Kpi>;
  readonly trades: ComponentChildren;
  readonly breaks: ComponentChildren;
}

export function Charts({ kpi, trades, breaks }: Props) {
  const { window } = kpi.value;
  const scope = toScope(kpi.value);
  const span = `${toMinute(window.from)} to ${toMinute(window.to)} UTC`;
  const shared = { kpi };
  return (
    <>
      <section class="grid" aria-label="Over time">
        <ChartCard
          {...shared}
          title="Trades a minute"
          note={`by asset class, ${span}`}
          kind="bars"
          unit="count"
          span={4}
          toData={charts.tradesPerMinute}
        />
        <ChartCard
          {...shared}
          title="Notional over time"
          note={`USD a minute, ${span}, whole minutes`}
          kind="line"
          unit="usd"
          span={4}
          toData={charts.notionalOverTime}
        />
        <ChartCard
          {...shared}
          title="Break rate over time"
          note={`rolling ${charts.RATE_MINUTES} minutes, ${span}`}
          kind="line"
          unit="rate"
          span={4}
          toData={charts.breakRateOverTime}
          empty="No breaks"
        />
      </section>
      <section class="grid" aria-label="Newest">
        {breaks}
        <ChartCard
          {...shared}
          title="Breaks by type"
          note={`open, ${scope}`}
          kind="rows"
          unit="count"
          span={3}
          toData={charts.breaksByType}
          empty="No open breaks"
        />
        <ChartCard
          {...shared}
          title="Breaks by counterparty"
          note={`open, ${scope}`}
          kind="rows"
          unit="count"
          span={3}
          toData={charts.breaksByCounterparty}
          empty="No open breaks"
        />
        {trades}
      </section>
      <section class="grid" aria-label="Totals">
        <ChartCard
          {...shared}
          title="By status"
          note={`trades, ${scope}`}
          kind="rows"
          unit="count"
          span={3}
          toData={charts.tradesByStatus}
        />
        <ChartCard
          {...shared}
          title="By asset class"
          note={`notional in USD, ${scope}`}
          kind="doughnut"
          unit="usd"
          span={3}
          toData={charts.notionalByAssetClass}
        />
        <ChartCard
          {...shared}
          title="Buy and sell"
          note={`notional in USD, ${scope}`}
          kind="doughnut"
          unit="usd"
          span={3}
          toData={charts.notionalBySide}
        />
        <ChartCard
          {...shared}
          title="Fees by type"
          note={`as booked, ${scope}`}
          kind="rows"
          unit="usd"
          span={3}
          toData={charts.feesByType}
        />
        <ChartCard
          {...shared}
          title="By counterparty"
          note={`notional in USD, ${scope}`}
          kind="rows"
          unit="usd"
          span={4}
          toData={charts.notionalByCounterparty}
        />
        <ChartCard
          {...shared}
          title="Exposure by counterparty"
          note="unsettled, USD, sold left and bought right"
          kind="rows"
          unit="usd"
          span={4}
          toData={charts.exposureByCounterparty}
          empty="Nothing unsettled"
        />
        <ChartCard
          {...shared}
          title="By venue"
          note={`trades, ${scope}`}
          kind="rows"
          unit="count"
          span={4}
          toData={charts.tradesByVenue}
        />
      </section>
    </>
  );
}

function toMinute(instant: string): string {
  return instant.slice(11, 16);
}
