/**
 * One trade's page: it loads itself anew when the stream says that its trade or one of its breaks has changed, and
 * leaves open what was open.
 *
 * @module
 */

import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Connection, type Link } from "../components/Connection.tsx";
import { followStream } from "../components/stream.ts";
import { FillView } from "../components/trade/FillView.tsx";
import { PastView } from "../components/trade/PastView.tsx";
import type { Story } from "../components/trade/story.ts";
import { TradeView } from "../components/trade/TradeView.tsx";

interface Props {
  readonly story: Story;
  /** The place in the change feed that the page has reached at least. */
  readonly position: string;
  /** ISO instant by the server's clock. */
  readonly asOf: string;
}

/** Changes that come together are one load. */
const GATHER_MS = 200;
const RETRY_MS = 2_000;

export default function TradePage({ story: first, position, asOf }: Props) {
  const story = useSignal(first);
  const news = useSignal("");
  const link = useSignal<Link>("connecting");
  const kpi = useSignal({ asOf });
  const heardAtMs = useSignal(0);
  const nowMs = useSignal(0);
  const ageMs = useComputed(() => Math.max(0, nowMs.value - heardAtMs.value));

  useEffect(() => {
    if (first.kind === "past") return;
    const id = first.kind === "trade" ? first.trade.trade_id : first.fill.exec_id;
    let loading: ReturnType<typeof setTimeout> | undefined;
    const stop = new AbortController();
    const load = async () => {
      const response = await fetch(`/api/v1/trades/${encodeURIComponent(id)}/story`, { signal: stop.signal })
        .catch(() => null);
      loading = undefined;
      if (stop.signal.aborted) return;
      if (response?.ok !== true) return loadSoon(RETRY_MS);
      const next: Story = await response.json();
      news.value = `This page was brought up to date. ${toState(next)}`;
      story.value = next;
    };
    const loadSoon = (ms = GATHER_MS) => {
      loading ??= setTimeout(load, ms);
    };
    const isOwn = (row: { trade_id: string; exec_id: string | null }) =>
      row.trade_id === id || row.exec_id === id;
    heardAtMs.value = nowMs.value = performance.now();
    const clock = setInterval(() => !document.hidden && (nowMs.value = performance.now()), 1_000);
    const leave = followStream(position, {
      onKpi: (next) => {
        heardAtMs.value = nowMs.value = performance.now();
        kpi.value = { asOf: next.asOf };
      },
      // What the stream leaves out may be this trade.
      onTrades: (rows, isReset, omitted) => (isReset || omitted > 0 || rows.some(isOwn)) && loadSoon(),
      onBreaks: (rows, isReset) => (isReset || rows.some(isOwn)) && loadSoon(),
      onDatabase: (isThere) => link.value = isThere ? "live" : "still",
      onLink: (isUp) => link.value = isUp ? "live" : "lost",
    });
    return () => {
      stop.abort();
      clearTimeout(loading);
      clearInterval(clock);
      leave();
    };
  }, []);

  const shown = story.value;
  return (
    <div class="page trade-page">
      {shown.kind !== "past" && <Connection link={link} kpi={kpi} ageMs={ageMs} />}
      <p class="hidden" role="status">{news.value}</p>
      {shown.kind === "trade" && <TradeView story={shown} />}
      {shown.kind === "fill" && <FillView story={shown} />}
      {shown.kind === "past" && <PastView story={shown} />}
    </div>
  );
}

function toState(story: Story): string {
  if (story.kind === "fill") return "";
  return `Its status is ${story.trade.status.replaceAll("_", " ")}.`;
}
