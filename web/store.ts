/**
 * What the web reads from PostgreSQL. It writes nothing but what a user does to a break.
 *
 * @module
 */

import {
  type Board,
  type BreakRow,
  isWhole,
  type Kpi,
  type Panels,
  type TradeRow,
  type View,
  WHOLE,
} from "../shared/kpi/mod.ts";
import type { Database } from "../shared/platform/postgres.ts";
import { CALENDARS } from "../shared/trade/calendar/mod.ts";
import { businessCalendar } from "./store/break_clock.ts";
import { findBoardRows } from "./store/board_rows.ts";
import type { BreakFilter } from "./store/break_filter.ts";
import * as breaks from "./store/breaks.ts";
import * as letters from "./store/dead_letters.ts";
import { type Changes, loadChanges } from "./store/changes.ts";
import { type Health, loadHealth } from "./store/health.ts";
import { loadKpi, type Scope, type Sources } from "./store/kpi.ts";
import * as orders from "./store/orders.ts";
import { loadPanels } from "./store/panels.ts";
import { WITHOUT_DATES } from "./store/scope.ts";
import { loadSystem } from "./store/system.ts";
import type { Place, Sort } from "./components/trades/sorts.ts";
import { type Count, countTrades } from "./store/trade_count.ts";
import type { TradeFilter } from "./store/trade_filter.ts";
import * as lists from "./store/trade_lists.ts";
import { loadDistribution, placeAt } from "./store/trade_places.ts";
import { loadTradeAsOf, type TradeAsOf } from "./store/trade_as_of.ts";
import {
  loadBreakEvents,
  loadTradeSides,
  loadUnbookedFill,
  type StoredBreakEvent,
  type TradeSides,
  type UnbookedFill,
} from "./store/trade_story.ts";
import * as trades from "./store/trades.ts";
import { openWork, type WorkStore } from "./store/work.ts";

export type { BreakFilter } from "./store/break_filter.ts";
export type { BreakAction, BreakCursor, BreakOrder, BreakPage, BreakStory } from "./store/breaks.ts";
export type { OrderExecution, OrderRow, OrderStory, StoredMessage } from "./store/orders.ts";
export type { DeadLetter, DeadLetterFilter } from "./store/dead_letters.ts";
export type { TradeStory } from "./store/trades.ts";
export type { Count } from "./store/trade_count.ts";
export type { TradePage } from "./store/trade_lists.ts";
export type { TradeFilter } from "./store/trade_filter.ts";
export type { Cash, CounterpartyExposure, Exposure, ExposureFilter, Position } from "./store/exposure.ts";
export type { AlertRow, Limit } from "./store/limits.ts";
export type { Apart, ToleranceChange, ToleranceRow } from "./store/tolerances.ts";
export type { SignedBreak, SignOff } from "./store/sign_offs.ts";
export type { Changes, Health, Scope, Sources };
export { isAfter, isPosition, START } from "./store/changes.ts";

/** Rows of the latest trades and of the open breaks on the board. */
export const BOARD_ROWS = 20;

export interface Store extends WorkStore {
  /** The key figures of a scope; default: all trades. */
  kpi(scope?: Scope): Promise<Kpi>;
  /** All that the board shows; its rows are at least as new as its position. Default: of everything. */
  board(view?: View): Promise<Board>;
  /** What the board shows beside the figures. */
  panels(view?: View): Promise<Panels>;
  trades(filter: TradeFilter, page: lists.TradePage): Promise<TradeRow[]>;
  /** How many trades match. */
  countTrades(filter: TradeFilter): Promise<Count>;
  /** About where this share of a list ends, 0 to 1; null: nobody knows yet. */
  placeAt(sort: Sort, at: number): Promise<Place | null>;
  /** Hands on all of a list, as it is at one instant, a few rows at a time. */
  exportTrades(filter: TradeFilter, sort: Sort, take: (rows: TradeRow[]) => Promise<void>): Promise<void>;
  trade(tradeId: string): Promise<trades.TradeStory | null>;
  /** As it was at an instant; null: nothing was known of it then. */
  tradeAsOf(tradeId: string, asOf: string): Promise<TradeAsOf | null>;
  /** Both sides of a trade, field by field. */
  tradeSides(tradeId: string): Promise<TradeSides | null>;
  /** What happened to these breaks, the newest first. */
  breakEvents(breakIds: readonly number[]): Promise<StoredBreakEvent[]>;
  /** An execution without a booking, by its ExecID. */
  unbookedFill(execId: string): Promise<UnbookedFill | null>;
  tradesById(ids: readonly string[], rowsMax: number): Promise<TradeRow[]>;
  /** An order with its messages and executions, by any ClOrdID of its chain, or null. */
  order(orderId: string): Promise<orders.OrderStory | null>;
  /** The raw messages that reported a trade's executions. */
  executionMessages(
    executions: readonly { broker: string; exec_id: string }[],
  ): Promise<orders.StoredMessage[]>;
  breaks(filter: BreakFilter, page: breaks.BreakPage): Promise<BreakRow[]>;
  /** A break with its history, or null. */
  break(id: string): Promise<breaks.BreakStory | null>;
  /** Does what a user asks; throws the refusal of `change_break`. */
  actOnBreak(action: breaks.BreakAction): Promise<breaks.BreakStory>;
  /** The same without an answer, for many at once. */
  changeBreak(action: breaks.BreakAction): Promise<void>;
  breaksById(ids: readonly string[], rowsMax: number): Promise<BreakRow[]>;
  deadLetters(
    filter: letters.DeadLetterFilter,
    page: { rowsMax: number; before?: string | undefined },
  ): ReturnType<typeof letters.loadDeadLetters>;
  deadLetterTallies(): ReturnType<typeof letters.loadDeadLetterTallies>;
  deadLetter(id: string): Promise<letters.DeadLetter | null>;
  changes(position: string, rowsMax: number): Promise<Changes>;
  health(): Promise<Health>;
  /** How the pipeline runs; what was due before `date` is late. */
  system(date: string): ReturnType<typeof loadSystem>;
}

export function openStore(database: Database, sources: Sources, calendars = CALENDARS): Store {
  const calendar = businessCalendar(calendars);
  return {
    ...openWork(database, calendar),
    kpi: async (scope) => (await loadKpi(database, sources, scope)).kpi,
    board: async (view = WHOLE) => {
      const [{ kpi, position }, panels] = await Promise.all([
        loadKpi(database, sources, WITHOUT_DATES, view),
        loadPanels(database, sources, view),
      ]);
      if (isWhole(view)) {
        const [latest, open] = await Promise.all([
          trades.loadLatestTrades(database, BOARD_ROWS),
          breaks.loadBreaks(database, {}, { rowsMax: BOARD_ROWS }, calendar),
        ]);
        return { kpi, panels, trades: latest, breaks: open, position };
      }
      const { tradeIds, breakIds } = await findBoardRows(database, view, BOARD_ROWS);
      const [latest, open] = await Promise.all([
        trades.loadTradesById(database, tradeIds, BOARD_ROWS),
        breaks.loadBreaksById(database, breakIds, BOARD_ROWS, calendar),
      ]);
      return { kpi, panels, trades: latest, breaks: open, position };
    },
    panels: (view) => loadPanels(database, sources, view),
    trades: (filter, page) => lists.loadTrades(database, filter, page),
    countTrades: (filter) => countTrades(database, filter),
    placeAt: async (sort, at) => placeAt(await loadDistribution(database), sort, at),
    exportTrades: (filter, sort, take) => lists.exportTrades(database, filter, sort, take),
    trade: (tradeId) => trades.loadTrade(database, tradeId, calendar),
    tradeAsOf: (tradeId, asOf) => loadTradeAsOf(database, tradeId, asOf),
    tradeSides: (tradeId) => loadTradeSides(database, tradeId),
    breakEvents: (breakIds) => loadBreakEvents(database, breakIds),
    unbookedFill: (execId) => loadUnbookedFill(database, execId, calendar),
    tradesById: (ids, rowsMax) =>
      ids.length === 0 ? Promise.resolve([]) : trades.loadTradesById(database, ids, rowsMax),
    order: (orderId) => orders.loadOrder(database, orderId, calendar),
    executionMessages: (executions) =>
      executions.length === 0 ? Promise.resolve([]) : orders.loadExecutionMessages(database, executions),
    breaks: (filter, page) => breaks.loadBreaks(database, filter, page, calendar),
    break: (id) => breaks.loadBreak(database, id, calendar),
    actOnBreak: (action) => breaks.actOnBreak(database, action, calendar),
    changeBreak: (action) => database.transaction((tx) => breaks.changeBreak(tx, action)),
    breaksById: (ids, rowsMax) =>
      ids.length === 0 ? Promise.resolve([]) : breaks.loadBreaksById(database, ids, rowsMax, calendar),
    deadLetters: (filter, page) => letters.loadDeadLetters(database, filter, page),
    deadLetterTallies: () => letters.loadDeadLetterTallies(database),
    deadLetter: (id) => letters.loadDeadLetter(database, id),
    changes: (position, rowsMax) => loadChanges(database, position, rowsMax),
    health: () => loadHealth(database, sources),
    system: (date) => loadSystem(database, sources, date),
  };
}
