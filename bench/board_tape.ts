/**
 * A board under load without a database: its first state and the pushes after it, as the server would encode them at
 * so many trades a second, and a server that has nothing but these, the page and its scripts.
 *
 * @module
 */

import type { Board, Kpi, Minute, Panels, TradeRow } from "../shared/kpi/mod.ts";
import { openLog } from "../shared/platform/log.ts";
import { CALENDARS } from "../shared/trade/calendar/mod.ts";
import { openApp } from "../web/app.ts";
import type { Feed } from "../web/feed.ts";
import { encodePush, openStreams } from "../web/sse.ts";
import type { Store } from "../web/store.ts";

/** As the feed pushes in a burst. */
export const PUSH_GAP_MS = 150;
/** Rows that one push of the feed carries at most. */
const PUSH_ROWS_MAX = 200;

const CLASSES = ["equity", "bond", "derivative", "fx", "commodity"];
const PARTIES = ["Goldman Sachs", "JP Morgan", "Morgan Stanley", "Citi", "UBS", "Barclays", "BNP Paribas"]
  .concat("Deutsche Bank");
const VENUES = ["DTC", "CLS", "CME Clearing", "Fedwire", "Clearstream", "CREST", "OCC", "Euroclear"];
const STATUSES = ["pending_confirmation", "confirmed", "settlement_pending", "settled", "break"];
const TYPES = ["price", "quantity", "fees", "missing_book", "missing_street", "settlement_date"];
const START_MS = Date.parse("2026-11-23T14:30:00Z");

const at = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
const iso = (ms: number) => new Date(ms).toISOString();
const toMinute = (ms: number) => `${iso(ms).slice(0, 16)}:00Z`;

/** Trade `n` of the tape; the same `n` is the same trade. */
function toTrade(n: number, bookedAtMs: number): TradeRow {
  const assetClass = at(CLASSES, n * 7);
  return {
    trade_id: `T-20261123-TAPE-${String(n).padStart(7, "0")}`,
    version: 1,
    event_type: "booked",
    exec_id: `E-${n}`,
    order_id: `O-${n >> 2}`,
    asset_class: assetClass,
    instrument: `${assetClass.toUpperCase()}-${n % 97}`,
    side: n % 2 === 0 ? "buy" : "sell",
    quantity: String(100 + n % 9_000),
    price: (20 + n % 300 + n % 100 / 100).toFixed(4),
    currency: "USD",
    notional_value: (1_000 * (n % 900) + 0.25).toFixed(2),
    notional_usd: (1_000 * (n % 900) + 0.25).toFixed(2),
    counterparty: at(PARTIES, n * 5),
    stage: "confirmed",
    status: n % 67 === 0 ? "break" : at(STATUSES.slice(0, 4), n),
    reported_break: null,
    settlement_venue: at(VENUES, n * 3),
    trade_date: "2026-11-23",
    settlement_date: "2026-11-24",
    brokerage_fee: "12.50",
    clearing_fee: "1.25",
    exchange_fee: "3.10",
    total_fees: "16.85",
    priority: "normal",
    stp_eligible: true,
    timestamp: iso(bookedAtMs),
    processed_by: "tape",
    booked_at: iso(bookedAtMs).replace("Z", "000Z"),
    first_seen_at: iso(bookedAtMs).replace("Z", "000Z"),
    updated_at: iso(bookedAtMs).replace("Z", "000Z"),
  } as TradeRow;
}

function toMinuteFigures(ms: number, trades: number): Minute {
  return {
    minute: toMinute(ms),
    trades,
    notional: `${trades * 450_000}.25`,
    broken: Math.floor(trades / 67),
    byAssetClass: Object.fromEntries(CLASSES.map((name, n) => [name, Math.floor(trades * (5 - n) / 15)])),
  };
}

/** The figures when `trades` trades are booked, at a rate, with the last hour or the running minute alone. */
function toKpi(nowMs: number, trades: number, perSecond: number, minutesBack: number): Kpi {
  const tally = (names: readonly string[]) =>
    Object.fromEntries(names.map((name, n) => {
      const part = Math.floor(trades * (n + 2) / (names.length * (names.length + 3) / 2));
      return [name, { trades: part, notional: `${part * 450_000}.50` }];
    }));
  const open = 40 + Math.floor(trades / 670);
  const running = Math.floor(nowMs / 60_000) * 60_000;
  return {
    asOf: iso(nowMs),
    scope: { from: null, to: null, currency: "USD" },
    trades,
    notional: `${trades * 450_000}.75`,
    fees: {
      brokerage: `${trades * 12}.50`,
      clearing: `${trades}.25`,
      exchange: `${trades * 3}.10`,
      total: `${trades * 16}.85`,
    },
    byStatus: tally(STATUSES),
    byAssetClass: tally(CLASSES),
    byCounterparty: tally(PARTIES),
    byVenue: tally(VENUES),
    bySide: tally(["buy", "sell"]),
    breaks: {
      open,
      byType: Object.fromEntries(TYPES.map((type, n) => [type, Math.ceil(open / (n + 2))])),
      byCounterparty: Object.fromEntries(PARTIES.map((name, n) => [name, Math.ceil(open / (n + 3))])),
      notional: `${open * 1_200_000}.00`,
      oldest: iso(START_MS - 7_200_000),
      rate: open / Math.max(1, trades),
    },
    exposure: Object.fromEntries(PARTIES.map((name, n) => [name, {
      trades: Math.floor(trades / 8),
      bought: `${trades * 50_000 + n * 900_000}.00`,
      sold: `${trades * 48_000 + n * 700_000}.00`,
    }])),
    fixMessages: trades * 4,
    deadLetters: 3,
    perMinute: perSecond * 60,
    lag: trades % 900,
    latencyMs: { p50: 40, p99: 180 },
    feeds: { book: true, street: true, seenAt: iso(nowMs) },
    window: { from: toMinute(running - 59 * 60_000), to: toMinute(running), seconds: 60 },
    minutes: Array.from({ length: minutesBack + 1 }, (_, n) => {
      const ms = running - (minutesBack - n) * 60_000;
      const share = ms === running ? (nowMs - running) / 60_000 : 1;
      return toMinuteFigures(ms, Math.floor(perSecond * 60 * share * (0.8 + (ms / 60_000 % 7) / 20)));
    }),
  };
}

function toPanels(nowMs: number, trades: number): Panels {
  const minutes = Array.from({ length: 60 }, (_, n) => Math.floor(nowMs / 60_000 - 59 + n) * 60_000);
  const wave = (n: number) => 1 + (n * 37 + trades) % 19;
  return {
    asOf: iso(nowMs),
    breakGroups: TYPES.flatMap((type, n) =>
      PARTIES.slice(0, 2).map((counterparty, at) => ({
        type,
        counterparty,
        breaks: wave(n + at),
        notional: `${wave(n) * 1_000_000}.00`,
        oldest: iso(nowMs - wave(n) * 600_000),
      }))
    ),
    breakAges: Object.fromEntries(TYPES.map((type, n) => [type, [wave(n), wave(n + 1), wave(n + 2), 2, 1]])),
    breakFlow: minutes.map((ms, n) => ({ at: toMinute(ms), opened: wave(n), closed: wave(n + 3) })),
    matches: PARTIES.flatMap((counterparty, n) =>
      CLASSES.map((assetClass, m) => ({ counterparty, assetClass, trades: 1_000, broken: wave(n + m) - 1 }))
    ),
    ladder: [23, 24, 25].map((day, n) => ({
      date: `2026-11-${day}`,
      trades: 100,
      bought: `${wave(n) * 9_000_000}.00`,
      sold: `${wave(n + 1) * 9_000_000}.00`,
    })),
    limits: PARTIES.map((counterparty, n) => ({
      counterparty,
      used: `${(n + 3) * 9_000_000 + wave(n)}.00`,
      warn: "60000000.00",
      breach: "80000000.00",
    })),
    affirmations: CLASSES.map((assetClass, n) => ({
      assetClass,
      inTime: 100 * wave(n),
      late: 3,
      waiting: wave(n),
      rejected: 1,
    })),
    latency: minutes.map((ms, n) => ({
      at: toMinute(ms),
      p50: 20 + wave(n),
      p95: 60 + wave(n),
      p99: 150 + wave(n),
    })),
    lag: Array.from({ length: 12 }, (_, n) => ({
      topic: n < 6 ? "trades" : "fix-trades",
      partition: n % 6,
      records: wave(n),
    })),
    deadLetters: { checksum: 2, required_tag: 1 },
    flow: [
      { from: "orders", to: "filled", orders: 1_500 + wave(1) },
      { from: "orders", to: "partly_filled", orders: 300 },
      { from: "orders", to: "cancelled", orders: 120 },
      { from: "filled", to: "settlement_pending", orders: 1_300 },
      { from: "filled", to: "break", orders: 20 + wave(2) },
      { from: "partly_filled", to: "confirmed", orders: 250 },
    ],
    comparison: { stretch: "today so far", trades: [trades, 90_000], notional: ["9", "8"], breaks: [40, 30] },
  };
}

export interface Tape {
  readonly board: Board;
  /** Push `n`, as bytes of the stream. */
  push(n: number): Uint8Array;
}

/** @param perSecond Trades a second, new ones. */
export function toTape(perSecond: number): Tape {
  const perPush = Math.round(perSecond * PUSH_GAP_MS / 1_000);
  const before = 1_000_000;
  const encoder = new TextEncoder();
  const rowsOf = (push: number) =>
    Array.from({ length: Math.min(perPush, PUSH_ROWS_MAX) }, (_, n) => {
      const number = before + push * perPush + n;
      return toTrade(number, START_MS + push * PUSH_GAP_MS + n);
    });
  const positionOf = (push: number) => `${1_000 + push}-1`;
  return {
    board: {
      kpi: toKpi(START_MS, before, perSecond, 59),
      panels: toPanels(START_MS, before),
      trades: rowsOf(-1).slice(-20).reverse(),
      breaks: [],
      position: positionOf(-1),
    },
    push: (n) => {
      const nowMs = START_MS + (n + 1) * PUSH_GAP_MS;
      const trades = before + (n + 1) * perPush;
      return encoder.encode(encodePush({
        reset: false,
        kpi: toKpi(nowMs, trades, perSecond, 0),
        // Once a second, as the feed asks for them.
        panels: n % Math.round(1_000 / PUSH_GAP_MS) === 0 ? toPanels(nowMs, trades) : null,
        trades: rowsOf(n),
        breaks: [],
        omitted: { trades: Math.max(0, perPush - PUSH_ROWS_MAX), breaks: 0 },
        from: positionOf(n - 1),
        position: positionOf(n),
      }));
    },
  };
}

/**
 * Serves the board of a tape; nothing is behind it.
 *
 * @param stream Writes the event stream of who connects.
 */
export async function openTapeServer(board: Board, stream: () => ReadableStream<Uint8Array>) {
  const log = openLog("tape", "error");
  const feed: Feed = {
    status: { database: "ok", asOf: board.kpi.asOf },
    position: board.position,
    kpi: board.kpi,
    board: () => Promise.resolve(board),
    view: () => Promise.resolve(board),
    since: () => Promise.reject(new Error("The tape has no past")),
    join: () => () => {},
    wake: () => {},
    run: () => Promise.resolve(),
  };
  const streams = openStreams(feed, log);
  const app = openApp({
    store: {} as Store,
    feed,
    streams: {
      ...streams,
      viewers: 0,
      open: () => new Response(stream(), { headers: streams.headers }),
    },
    schemaNeeded: 0,
    brokerAnswers: () => Promise.resolve(true),
    calendars: CALENDARS,
    log,
    host: "127.0.0.1",
  });
  const server = await app.listen({ hostname: "127.0.0.1", port: 0, onListen: () => {} });
  return { url: `http://127.0.0.1:${server.addr.port}`, close: () => server.shutdown() };
}
