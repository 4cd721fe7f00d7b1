/**
 * The list of trades: written by the server with its first page in it, then scrolled through whatever its length, and
 * kept current by the stream.
 *
 * @module
 */

import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { useKeys } from "../components/keys.ts";
import { Connection, type Link } from "../components/Connection.tsx";
import { followStream } from "../components/stream.ts";
import { toTradeAddress } from "../components/tables.tsx";
import { Bar } from "../components/trades/Bar.tsx";
import { readColumns } from "../components/trades/columns.tsx";
import { openCursor } from "../components/trades/cursor.ts";
import { filtersOf, type ListParams } from "../components/trades/filter.ts";
import { FilterForm, type FilterOptions } from "../components/trades/FilterForm.tsx";
import { Grid } from "../components/trades/Grid.tsx";
import { LIST_KEYS } from "../components/trades/list_keys.ts";
import { KeyHelp } from "../components/KeyHelp.tsx";
import { type List, type ListPage, openList } from "../components/trades/list.ts";

interface Props {
  /** As the address has them. */
  readonly params: ListParams;
  readonly page: ListPage;
  readonly options: FilterOptions;
  /** The place in the change feed that the page has reached at least. */
  readonly position: string;
  /** ISO instant by the server's clock, before the page was read. */
  readonly asOf: string;
}

export default function Trades({ params, page, options, position, asOf }: Props) {
  const list = useMemo(() => openList(params, page, asOf), []);
  const cursor = useMemo(() => openCursor(list), []);
  const columns = useMemo(() => readColumns(params.columns), []);
  const search = useRef<HTMLInputElement>(null);
  const isHelpOpen = useSignal(false);
  const { link, kpi, ageMs } = useLive(list, position, asOf);
  const pageRows = () => Math.max(1, (document.querySelector(".trade-view")?.clientHeight ?? 0) / 30 - 2);

  useKeys({
    j: () => cursor.move(1),
    k: () => cursor.move(-1),
    n: () => list.restart(),
    "/": () => search.current?.select(),
    "?": () => isHelpOpen.value = true,
  });
  const onKey = (event: KeyboardEvent) => {
    const moves: Record<string, () => void> = {
      ArrowDown: () => cursor.move(1),
      ArrowUp: () => cursor.move(-1),
      PageDown: () => cursor.move(Math.floor(pageRows())),
      PageUp: () => cursor.move(-Math.floor(pageRows())),
      Home: () => cursor.moveTo(0),
      End: () => cursor.moveTo(list.size.value - 1),
      Enter: () => cursor.id.value !== null && location.assign(toTradeAddress(cursor.id.value)),
    };
    const isRow = (event.target as HTMLElement).localName === "tr";
    if (!isRow || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(moves, event.key)) return;
    event.preventDefault();
    moves[event.key]!();
  };

  return (
    <div class="page trades-page" onKeyDown={onKey}>
      <Connection link={link} kpi={kpi} ageMs={ageMs} />
      <FilterForm params={params} search={search} {...options} />
      <Bar list={list} params={params} isHelpOpen={isHelpOpen} />
      <div class="card trade-card">
        <Grid
          list={list}
          params={params}
          columns={columns}
          cursor={cursor}
          isNew={(row) => row.first_seen_at > asOf}
        />
        {list.window.value.rows.length === 0 && (
          <p class="empty">
            {filtersOf(params).length > 0
              ? "No trade matches. Take a filter away, or look at a longer time."
              : "No trades yet. They appear here as they come in."}
          </p>
        )}
      </div>
      <KeyHelp keys={LIST_KEYS} isOpen={isHelpOpen} />
    </div>
  );
}

function useLive(list: List, position: string, asOf: string) {
  const link = useSignal<Link>("connecting");
  const kpi = useSignal({ asOf });
  const heardAtMs = useSignal(0);
  const nowMs = useSignal(0);
  const ageMs = useComputed(() => Math.max(0, nowMs.value - heardAtMs.value));
  useEffect(() => {
    heardAtMs.value = nowMs.value = performance.now();
    const clock = setInterval(() => !document.hidden && (nowMs.value = performance.now()), 1_000);
    const leave = followStream(position, {
      onKpi: (next) => {
        heardAtMs.value = nowMs.value = performance.now();
        kpi.value = { asOf: next.asOf };
      },
      onTrades: (rows, isReset, omitted) => list.takeIn(rows, isReset, omitted),
      onDatabase: (isThere) => link.value = isThere ? "live" : "still",
      onLink: (isUp) => link.value = isUp ? "live" : "lost",
    });
    return () => {
      clearInterval(clock);
      leave();
      list.close();
    };
  }, []);
  return { link, kpi, ageMs };
}
