/**
 * The line above the table: how many there are, what came in, and what can be done with the list.
 *
 * @module
 */

import type { Signal } from "@preact/signals";
import { formatCount } from "../../../shared/kpi/mod.ts";
import { ColumnChoice } from "./ColumnChoice.tsx";
import { type ListParams, toAddress } from "./filter.ts";
import type { Counted, List } from "./list.ts";
import { Views } from "./Views.tsx";

interface Props {
  readonly list: List;
  readonly params: ListParams;
  readonly isHelpOpen: Signal<boolean>;
}

export function Bar({ list, params, isHelpOpen }: Props) {
  const waiting = list.waiting.value;
  const { isEnd, isStart, rows } = list.window.value;
  const counted = isStart && isEnd ? { trades: rows.length, bound: "exact" } as const : list.counted.value;
  const { columns: _, cursor: __, before: ___, ...filter } = params;
  return (
    <div class="trade-bar">
      <p class="count">
        <b>{toCount(counted)}</b>
        {list.isFailing.value && (
          <span class="failing" role="status">Rows cannot be loaded, trying again</span>
        )}
      </p>
      <p class="pill" role="status">
        {(waiting.trades > 0 || waiting.isMore) && (
          <button type="button" onClick={() => list.restart()}>
            {waiting.trades > 0
              ? `${formatCount(waiting.trades)}${waiting.isMore ? "+" : ""} new`
              : "New trades"}
          </button>
        )}
      </p>
      <div class="tools">
        <Views params={params} />
        <ColumnChoice params={params} />
        <a class="button" href={`/api/v1/trades.csv${toAddress(filter).slice("/trades".length)}`} download>
          CSV
        </a>
        <button type="button" class="needs-script" aria-label="Keys" onClick={() => isHelpOpen.value = true}>
          ?
        </button>
      </div>
    </div>
  );
}

function toCount({ trades, bound }: Counted): string {
  const count = `${formatCount(trades)} ${trades === 1 ? "trade" : "trades"}`;
  return bound === "most" ? `At most ${count}` : bound === "least" ? `More than ${count}` : count;
}
