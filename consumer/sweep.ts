/**
 * Finds the sides that never came. A side is missing only when the other one has waited for the whole grace
 * period and the topic it would have come by is known to be read past that moment; so catching up after an
 * outage raises no false break.
 *
 * @module
 */

import type { Database, Transaction } from "../shared/platform/postgres.ts";
import { evaluateLimits } from "./limits.ts";
import { sweepPostTrade } from "./cut_offs.ts";
import { streetValueUsd } from "./street_value.ts";
import { judgeBlocks } from "./store/blocks.ts";
import { closeBreaks, openBreaks, reconcileTouched } from "./store/breaks.ts";
import { LOOSE_WORK, type LooseWork, pairLoose } from "./store/guesses.ts";
import { applyWaiting } from "./store/mod.ts";
import { stage } from "./store/staging.ts";

export const MISSING = ["both", "book", "street", "off"] as const;
/** Which absences count: `book` means an execution without its booking. */
export type Missing = typeof MISSING[number];

export interface SweepSettings {
  readonly group: string;
  readonly tradesTopic: string;
  readonly fixTopic: string;
  readonly graceSeconds: number;
  readonly missing: Missing;
}

export interface Swept {
  /** False when another process was sweeping. */
  readonly ran: boolean;
  readonly opened: number;
  /** One-sided pairs that may still find their other side within the grace period. */
  readonly withinGrace: number;
}

/** Breaks opened in one transaction, so that a feed that fell silent holds up nobody's locks. */
const PAIRS_MAX = 500;
/** The change feed is kept this long and this far; a viewer who was away for longer gets a snapshot. */
const FEED_KEPT = "1 hour";
const FEED_ROWS_MAX = 50_000;

const SIDES = {
  street: {
    waitsFor: "fixTopic",
    waiting: "p.book_live and p.broker is null and p.missing is null and p.book_repeats is null",
    since: "p.book_seen_at",
    feeds: "exists (select from fix_messages)",
  },
  book: {
    waitsFor: "tradesTopic",
    waiting: `p.street_live and p.trade_id is null and p.missing is null and p.street_repeats is null
      and p.block_key is null`,
    since: "p.street_seen_at",
    feeds: "exists (select from (select from trades where pair_key is not null order by pair_key limit 1) t)",
  },
} as const;

/** Sweeps once. Another process that sweeps at the same time makes this one do nothing. */
export async function sweep(db: Database, settings: SweepSettings): Promise<Swept> {
  const sides = (["street", "book"] as const).filter((side) => ["both", side].includes(settings.missing));
  const swept = { ran: false, opened: 0, withinGrace: 0 };
  await db.transaction(applyWaiting);
  for (const side of sides) {
    let found: number;
    do {
      const part = await db.transaction((tx) => sweepSide(tx, side, settings));
      if (part === null) return { ran: false, opened: swept.opened, withinGrace: 0 };
      swept.opened += part.opened;
      found = part.found;
      if (found < PAIRS_MAX) swept.withinGrace += part.waiting;
    } while (found === PAIRS_MAX);
  }
  const afterTrade = await sweepPostTrade(db, settings);
  if (afterTrade === null) return { ran: false, opened: swept.opened, withinGrace: 0 };
  await evaluateLimits(db);
  await db.transaction(trimFeed);
  return { ...swept, opened: swept.opened + afterTrade, ran: true };
}

async function sweepSide(tx: Transaction, side: keyof typeof SIDES, settings: SweepSettings) {
  const { waitsFor, waiting, feeds } = SIDES[side];
  const [state] = await tx.query(
    `select pg_try_advisory_xact_lock(hashtext('breakwater.sweep')) as mine,
       (select coalesce(min(case when next_offset >= end_offset then updated_at
            else coalesce(record_time, '-infinity') end), '-infinity')
        from ingest_progress where consumer_group = $1 and topic = $2) as read_up_to`,
    [settings.group, settings[waitsFor]],
  );
  if (!state!.mine) return null;
  const looser = side === "book" ? await pairWaiting(tx, state!.read_up_to, settings) : 0;
  const [source] = await tx.query(`select ${feeds} as feeds`);
  if (!source!.feeds) return { opened: looser, found: 0, waiting: 0 };

  const due = await tx.query(
    `with due as (${dueOf(side)})
     update pairs p set missing = '${side}' from due where p.pair_key = due.pair_key
     returning p.pair_key, p.exec_id, p.trade_id, p.book_quantity, p.book_price, p.broker, p.street_quantity,
       p.street_price`,
    [state!.read_up_to, settings.graceSeconds],
  );
  const opened = due.length === 0 ? 0 : await openBreaks(tx, await describe(tx, side, due));
  const [left] = await tx.query(`select count(*) as waiting from pairs p where ${waiting}`);
  return { opened: looser + opened, found: due.length, waiting: Number(left!.waiting) };
}

/** Those that have waited longest, read by the index and locked by the key. */
const dueOf = (side: keyof typeof SIDES, newest = false) => {
  const { waiting, since } = SIDES[side];
  return `
    select p.pair_key from pairs p
    where ${waiting} and p.pair_key in (
      select p.pair_key from pairs p
      where ${waiting} and ${since} <= least(now(), $1::timestamptz) - make_interval(secs => $2)
      order by ${since} ${newest ? "desc" : ""} limit ${PAIRS_MAX})
    order by p.pair_key for update`;
};

/**
 * Executions that waited for the grace period may have a booking that does not state them. As long as no booking does,
 * they go on waiting, and only the newest are looked at.
 */
async function pairWaiting(tx: Transaction, readUpTo: string, settings: SweepSettings): Promise<number> {
  const [work] = await tx.query<LooseWork & { feeds: boolean; in_progress: boolean }>(
    `select ${SIDES.book.feeds} as feeds, exists (select from pairs where in_progress) as in_progress, ${LOOSE_WORK}`,
  );
  const { feeds, in_progress, loose } = work!;
  const due = feeds || loose ? await tx.query(dueOf("book", !feeds), [readUpTo, settings.graceSeconds]) : [];
  if (due.length === 0 && !in_progress && !loose) return 0;
  await stage(tx, []);
  await pairLoose(tx, due.map(({ pair_key }): string => pair_key), work!);
  const { opened } = await reconcileTouched(tx);
  const judged = await judgeBlocks(tx, readUpTo);
  await closeBreaks(tx, judged.closes);
  return opened + await openBreaks(tx, judged.holds);
}

async function describe(tx: Transaction, side: keyof typeof SIDES, due: readonly Record<string, string>[]) {
  const known = await tx.query(
    `select p.pair_key, coalesce(t.counterparty, e.counterparty) as counterparty, t.notional_usd,
       e.instrument, p.street_trade_date
     from pairs p
       left join trades t on t.trade_id = p.trade_id
       left join executions e on e.broker = p.broker and e.trade_date = p.street_trade_date
         and e.exec_id = p.exec_id
     where p.pair_key = any($1)`,
    [due.map(({ pair_key }) => pair_key)],
  );
  const byKey = new Map(known.map((row) => [row.pair_key, row]));
  return due
    .toSorted((a, b) => a.pair_key! < b.pair_key! ? -1 : 1)
    .map((pair) => ({
      pair_key: pair.pair_key!,
      type: `missing_${side}`,
      trade_id: side === "street" ? pair.trade_id! : pair.exec_id!,
      exec_id: pair.exec_id!,
      field: null,
      book: side === "street" ? `${pair.book_quantity} @ ${pair.book_price}` : null,
      street: side === "book" ? `${pair.street_quantity} @ ${pair.street_price}` : null,
      counterparty: byKey.get(pair.pair_key)?.counterparty ?? null,
      notional_usd: valueOf(pair, byKey.get(pair.pair_key)),
    }));
}

function valueOf(
  pair: Record<string, string>,
  known: Record<string, string | null> | undefined,
): string | null {
  if (known === undefined || known.notional_usd !== null) return known?.notional_usd ?? null;
  const { instrument, street_trade_date: tradeDate } = known;
  const { street_quantity: quantity, street_price: price } = pair;
  if (!instrument || !tradeDate || !quantity || !price) return null;
  return streetValueUsd({ instrument, quantity, price, tradeDate });
}

/** The newest row stays: it is the place of every viewer who has seen all. */
async function trimFeed(tx: Transaction): Promise<void> {
  await tx.query(
    `delete from changes where id < (select max(id) from changes)
       and (at < now() - interval '${FEED_KEPT}' or id <= (select max(id) from changes) - ${FEED_ROWS_MAX})`,
  );
}
