/**
 * Judges blocks: bookings of a whole order, or of its accounts, beside the order's fills. The sweep alone does, since
 * whether a short sum is a break depends on time.
 *
 * @module
 */

import type { Transaction } from "../../shared/platform/postgres.ts";
import { judgeBlock, type OpenBreak, type StreetSide } from "../../shared/reconcile/mod.ts";
import { BOOK, type Closes, type Holds, rulesOf, select, sideOf, STREET } from "./breaks.ts";

const BLOCKS_MAX = 500;
/** OrdStatus (39): filled, done for day, canceled, rejected, expired. */
const TERMINAL = "'2', '3', '4', '8', 'C'";

const IN_PROGRESS = `
  select p.pair_key, p.trade_id, o.ord_status in (${TERMINAL}) as terminal, o.cum_qty,
    (select coalesce(jsonb_agg(jsonb_build_object('id', x.id::text, 'version', x.version::text, 'type', x.type)), '[]')
     from breaks x where x.pair_key = p.pair_key and x.closed_at is null) as open
  from pairs p left join orders o on o.order_id = substr(p.pair_key, 2)
  where p.in_progress order by p.pair_key limit ${BLOCKS_MAX} for update of p`;

const BOOKINGS = `
  select t.pair_key, t.trade_id, t.notional_usd, t.trade_date < least(now(), $2::timestamptz)::date as day_over,
    ${select(BOOK, "t", "book")}
  from trades t where t.pair_key = any($1) and t.exec_id is null and t.stage <> 'cancelled'
  order by t.booked_at, t.trade_id`;

/** All fills of the order: also one with a booking of its own, or busted since, tells that the reports are here. */
const FILLS = `
  select '&' || r.order_id as block_key, p.pair_key, p.exec_id, p.broker, p.block_key is not null as member,
    p.trade_id is not null or not p.street_live or p.street_repeats is not null as apart, p.street_repeats is not null as surplus,
    ${select(STREET, "e", "street")}
  from executions r
    join pairs p on p.exec_id = r.exec_id and p.broker = r.broker and p.street_trade_date = r.trade_date
    join executions e on e.broker = p.broker and e.trade_date = coalesce(p.effective_date, p.street_trade_date)
      and e.exec_id = coalesce(p.effective_id, p.exec_id)
  where r.order_id = any($1) and r.kind = 'trade'
  order by r.transact_time, r.exec_id`;

const WRITE = `
  update pairs p set trade_id = b.trade_id, book_live = b.trade_id is not null, broker = b.broker,
    street_live = b.broker is not null, in_progress = b.in_progress
  from jsonb_to_recordset($1::jsonb) as b(pair_key text, trade_id text, broker text, in_progress boolean)
  where p.pair_key = b.pair_key`;

const RELEASE_FILLS = `
  update pairs set block_key = null where block_key is not null and pair_key = any($1)`;
const RELEASE_BOOKINGS = `
  update trades set pair_key = null where pair_key = any($1) and exec_id is null`;

/** @param readUpTo Until when the topic of bookings is read: a day is over only when it is past it. */
export async function judgeBlocks(
  tx: Transaction,
  readUpTo: string,
): Promise<{ holds: Holds[]; closes: Closes[] }> {
  const holds: Holds[] = [];
  const closes: Closes[] = [];
  const blocks = await tx.query(IN_PROGRESS);
  if (blocks.length === 0) return { holds, closes };
  const keys = blocks.map(({ pair_key }): string => pair_key);
  const bookings = Map.groupBy(await tx.query(BOOKINGS, [keys, readUpTo]), ({ pair_key }) => pair_key);
  const fills = Map.groupBy(
    await tx.query(FILLS, [keys.map((key) => key.slice(1))]),
    ({ block_key }) => block_key,
  );
  const rules = await rulesOf(tx)();
  const written = [];
  const released: { fills: string[]; blocks: string[] } = { fills: [], blocks: [] };
  for (const { pair_key, terminal, cum_qty, open } of blocks) {
    const ofOrder = fills.get(pair_key) ?? [];
    const ours = bookings.get(pair_key) ?? [];
    const theirs = ofOrder.filter(({ apart }) => !apart);
    const filled = ofOrder.filter(({ surplus }) => !surplus).map(({ street_quantity }) =>
      Number(street_quantity)
    );
    // A sum for a comparison of how far the order is, not an amount that is shown.
    const isFilled = terminal === true && filled.reduce((sum, one) => sum + one, 0) >= Number(cum_qty);
    const verdict = judgeBlock({
      bookings: ours.map((row) => sideOf(BOOK, row, "book")),
      fills: theirs.map((row) => sideOf<StreetSide>(STREET, row, "street")),
      isOver: isFilled || ours.some(({ day_over }) => day_over),
      decimals: null,
    }, rules);
    const [first] = ours;
    const isEmpty = first === undefined || theirs.length === 0;
    if (!isEmpty) {
      const { trade_id, notional_usd, book_counterparty: counterparty } = first;
      const exec_id = theirs.length === 1 ? theirs[0]!.exec_id : null;
      holds.push(...verdict.holds.map(({ toleranceId, ...one }) => (
        { pair_key, trade_id, exec_id, counterparty, notional_usd, ...one, tolerance_id: toleranceId }
      )));
    } else released.blocks.push(pair_key);
    released.fills.push(
      ...ofOrder.filter(({ member, apart }) => member && (apart || isEmpty)).map(({ pair_key }): string =>
        pair_key
      ),
    );
    const held = new Set(isEmpty ? [] : verdict.holds.map(({ type }) => type as string));
    closes.push(
      ...(open as OpenBreak[]).filter(({ type }) => !held.has(type))
        .map(({ id, version }) => ({ id, version, reason: "both sides now agree" })),
    );
    written.push({
      pair_key,
      trade_id: isEmpty ? null : first.trade_id,
      broker: isEmpty ? null : theirs[0]!.broker,
      in_progress: !isEmpty && verdict.inProgress,
    });
  }
  await tx.query(WRITE, [JSON.stringify(written)]);
  await tx.query(RELEASE_FILLS, [released.fills]);
  if (released.blocks.length > 0) await tx.query(RELEASE_BOOKINGS, [released.blocks]);
  return { holds, closes };
}
