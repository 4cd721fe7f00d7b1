/**
 * One trade's page: it brings itself up to date when its trade or one of its breaks has changed, and leaves open what
 * was open.
 *
 * @module
 */

import { Connection } from "../components/Connection.tsx";
import { FillView } from "../components/trade/FillView.tsx";
import { useStory } from "../components/trade/live.ts";
import { PastView } from "../components/trade/PastView.tsx";
import type { Story } from "../components/trade/story.ts";
import { TradeView } from "../components/trade/TradeView.tsx";

interface Props {
  readonly story: Story;
  readonly position: string;
  readonly asOf: string;
}

export default function TradePage({ story: first, position, asOf }: Props) {
  const id = first.kind === "fill" ? first.fill.exec_id : first.trade.trade_id;
  const { story, updates, ...live } = useStory({
    first,
    address: first.kind === "past" ? null : `/api/v1/trades/${encodeURIComponent(id)}/story`,
    position,
    asOf,
    isOwn: (row) => row.trade_id === id || row.exec_id === id,
  });
  const shown = story.value;
  return (
    <div class="page trade-page">
      {shown.kind !== "past" && <Connection {...live} />}
      <p class="hidden" role="status">{updates.value > 0 && toNews(shown)}</p>
      {shown.kind === "trade" && <TradeView story={shown} />}
      {shown.kind === "fill" && <FillView story={shown} />}
      {shown.kind === "past" && <PastView story={shown} />}
    </div>
  );
}

function toNews(story: Story): string {
  const state = story.kind === "fill" ? "" : ` Its status is ${story.trade.status.replaceAll("_", " ")}.`;
  return `This page was brought up to date.${state}`;
}
