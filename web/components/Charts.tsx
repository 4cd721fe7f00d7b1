/**
 * The charts of the board and their places between the tables.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import * as charts from "../../shared/kpi/mod.ts";
import { ChartCard } from "./ChartCard.tsx";

interface Props {
  readonly kpi: ReadonlySignal<charts.Kpi>;
  readonly panels: ReadonlySignal<charts.Panels>;
  readonly view: ReadonlySignal<charts.View>;
}

interface AllProps extends Props {
  readonly trades: ComponentChildren;
  readonly breaks: ComponentChildren;
}

export function Charts({ trades, breaks, ...props }: AllProps) {
  return (
    <>
      <OverTime {...props} />
      <section class="grid" aria-label="Breaks">
        {breaks}
        <BreakCharts {...props} />
      </section>
      <section class="grid" aria-label="Newest trades">{trades}</section>
      <TradeCharts {...props} />
      <SettlementCharts {...props} />
      <PipelineCharts {...props} />
    </>
  );
}

/** What the totals of a view count; its words change with the day and the view alone. */
function scopeOf({ kpi, view }: Props): string {
  return charts.toScope(view.value, kpi.value.asOf, charts.formatName);
}

function OverTime(props: Props) {
  const { kpi, panels, view } = props;
  const { window: { from, to, seconds } } = kpi.value;
  const span = `${charts.formatMinute(from)} to ${charts.formatMinute(to)} ${charts.formatZone(to)}`;
  const bucket = seconds === 60 ? "a minute" : seconds < 60 ? `per ${seconds} s` : `per ${seconds / 60} min`;
  return (
    <section class="grid" aria-label="Over time">
      <ChartCard
        title={`Trades ${bucket}`}
        note={`trades by asset class, ${span}`}
        kind="bars"
        unit="count"
        span={4}
        of="Time"
        toData={() => charts.tradesPerMinute(kpi.value, view.value)}
      />
      <ChartCard
        title="Notional over time"
        note={`USD ${bucket}, ${span}, whole buckets`}
        kind="line"
        unit="usd"
        span={4}
        of="Time"
        toData={() => charts.notionalOverTime(kpi.value)}
      />
      <ChartCard
        title="Break rate over time"
        note={`% of trades, rolling ${charts.formatSpan(charts.RATE_BUCKETS * seconds)}, ${span}`}
        kind="line"
        unit="rate"
        span={4}
        of="Time"
        toData={() => charts.breakRateOverTime(kpi.value)}
        empty="No breaks"
      />
      <ChartCard
        title="Break inflow and outflow"
        note={`breaks opened up, closed down, ${bucket}, ${span}`}
        kind="bars"
        unit="count"
        span={4}
        of="Time"
        toData={() => charts.breakInAndOut(panels.value, kpi.value.window)}
        empty="No break opened or closed"
      />
      <ChartCard
        title="Order-to-trade flow"
        note="orders, the 2,000 that came in last"
        kind="flow"
        unit="count"
        span={4}
        of="Step"
        toData={() => charts.orderFlow(panels.value)}
        empty="No orders yet"
      />
      <ChartCard
        title="Match rate"
        note={`% of trades without an open break, ${scopeOf(props)}`}
        kind="matrix"
        unit="rate"
        span={4}
        of="Asset class"
        toData={() => charts.matchRates(panels.value, view.value)}
      />
    </section>
  );
}

function BreakCharts(props: Props) {
  const { kpi, panels } = props;
  const scope = scopeOf(props);
  return (
    <>
      <ChartCard
        title="Breaks by type and age"
        note={`open breaks, ${scope}`}
        kind="rows"
        unit="count"
        span={3}
        of="Type"
        toData={() => charts.breaksByTypeAndAge(panels.value)}
        empty="No open breaks"
      />
      <ChartCard
        title="Breaks by counterparty"
        note={`open breaks, ${scope}`}
        kind="rows"
        unit="count"
        span={3}
        of="Counterparty"
        toData={() => charts.breaksByCounterparty(kpi.value)}
        empty="No open breaks"
      />
    </>
  );
}

function TradeCharts(props: Props) {
  const { kpi, view } = props;
  const scope = scopeOf(props);
  return (
    <section class="grid" aria-label="Totals">
      <ChartCard
        title="Status funnel"
        note={`trades, ${scope}`}
        kind="rows"
        unit="count"
        span={3}
        of="Status"
        toData={() => charts.tradesByStatus(kpi.value, view.value)}
      />
      <ChartCard
        title="Notional by asset class"
        note={`USD, ${scope}`}
        kind="doughnut"
        unit="usd"
        span={3}
        of="Asset class"
        toData={() => charts.notionalByAssetClass(kpi.value, view.value)}
      />
      <ChartCard
        title="Buy and sell balance"
        note={`notional in USD, ${scope}`}
        kind="doughnut"
        unit="usd"
        span={3}
        of="Side"
        toData={() => charts.notionalBySide(kpi.value, view.value)}
      />
      <ChartCard
        title="Fees by type"
        note={`USD as booked, ${scope}`}
        kind="rows"
        unit="usd"
        span={3}
        of="Fee"
        toData={() => charts.feesByType(kpi.value)}
      />
    </section>
  );
}

function SettlementCharts(props: Props) {
  const { kpi, panels, view } = props;
  const scope = scopeOf(props);
  return (
    <section class="grid" aria-label="Counterparties and settlement">
      <ChartCard
        title="Top counterparties"
        note={`notional in USD, ${scope}`}
        kind="rows"
        unit="usd"
        span={4}
        of="Counterparty"
        toData={() => charts.notionalByCounterparty(kpi.value, view.value)}
      />
      <ChartCard
        title="Exposure against limit"
        note="unsettled USD, gross or as the limit says, of all trades"
        kind="limits"
        unit="usd"
        span={4}
        of="Counterparty"
        toData={() => charts.exposureAgainstLimit(kpi.value, panels.value)}
        empty="Nothing unsettled"
      />
      <ChartCard
        title="Settlement ladder"
        note="unsettled by value date, USD to pay down and to receive up"
        kind="bars"
        unit="usd"
        span={4}
        of="Value date"
        toData={() => charts.settlementLadder(panels.value)}
        empty="Nothing unsettled"
      />
    </section>
  );
}

function PipelineCharts(props: Props) {
  const { kpi, panels, view } = props;
  return (
    <section class="grid" aria-label="Venues and pipeline">
      <ChartCard
        title="Trades by venue"
        note={`trades, ${scopeOf(props)}`}
        kind="rows"
        unit="count"
        span={4}
        of="Venue"
        toData={() => charts.tradesByVenue(kpi.value, view.value)}
      />
      <ChartCard
        title="Affirmation against cut-off"
        note="trades with a confirmation, by asset class and trade date's cut-off"
        kind="rows"
        unit="count"
        span={4}
        of="Asset class"
        toData={() => charts.affirmationsByAssetClass(panels.value)}
        empty="No confirmation came in"
      />
      <ChartCard
        title="Latency"
        note="from Kafka to stored, all records of a minute"
        kind="line"
        unit="ms"
        span={4}
        of="Time"
        toData={() => charts.latencyOverTime(panels.value)}
        empty="No record came in"
      />
      <ChartCard
        title="Consumer lag"
        note="records not yet stored, by partition"
        kind="rows"
        unit="count"
        span={6}
        of="Partition"
        toData={() => charts.lagByPartition(panels.value)}
        empty="Nothing waits"
      />
      <ChartCard
        title="Dead letters by reason"
        note="records set aside and still there"
        kind="rows"
        unit="count"
        span={6}
        of="Reason"
        toData={() => charts.deadLettersByReason(panels.value)}
        empty="None set aside"
      />
    </section>
  );
}
