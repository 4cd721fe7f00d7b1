/**
 * The state of orders after the trade as SQL: from `members`, the orders with the ClOrdIDs of their chains, to `found`,
 * a row for each booking. Written as common table expressions, each for one question.
 *
 * @module
 */

import { POST_TRADE_FIELDS, type PostTradeField } from "../../shared/trade/post_trade_codes.ts";

/** A code's status or reason as the table of codes says; a code it does not have is `other`. */
function toCase({ codes }: PostTradeField, of: "status" | "reason", column: string): string {
  const cases = codes.flatMap((code) =>
    code[of] === undefined ? [] : [`when '${code.value}' then '${code[of]}'`]
  );
  return `case ${column} ${cases.join(" ")} end`;
}
const { allocStatus, allocRejCode, confirmStatus, confirmRejReason, affirmStatus } = POST_TRADE_FIELDS;
const orOther = (code: PostTradeField, column: string) =>
  `coalesce(${toCase(code, "reason", column)}, case when ${column} is not null then 'other' end)`;

const BOOKING =
  `t.trade_id, t.trade_date, t.asset_class, t.affirm_by, t.stage, t.first_seen_at, t.exec_id, t.pair_key,
  t.quantity, t.price`;

/** Fills and bookings of the orders; a booking that names no order is found by its execution. */
const BOOKINGS = `
  executed as materialized (
    select m.root, e.trade_date, p.pair_key, p.exec_id, p.trade_id, p.street_quantity as quantity,
      p.street_price as price, p.street_live and p.street_repeats is null as counts
    from members m join executions e on e.order_id = m.id and e.kind = 'trade'
      join pairs p on p.exec_id = e.exec_id and p.broker = e.broker and p.street_trade_date = e.trade_date
  ), named as materialized (
    select m.root, ${BOOKING} from members m join trades t on t.order_id = m.id
  ), bookings as materialized (
    select * from named
    union all
    (select distinct on (t.trade_id) e.root, ${BOOKING} from executed e join trades t on t.trade_id = e.trade_id
    where t.order_id is null and not exists (select from named n where n.trade_id = e.trade_id)
    order by t.trade_id, e.root)
  )`;

const ALLOCATION =
  `a.counterparty, a.alloc_id, a.digest, a.begin_string, a.msg_type, a.is_evidence, a.trans_type,
  a.ref_alloc_id, a.status, a.reason, a.said_at, a.recorded_at, a.quantity, a.allocated_quantity, a.trade_date`;

/** What names the order, then what answers it by AllocID. A calculation of 4.2 is about the allocation it refers to. */
const ALLOCATIONS = `
  asked as materialized (
    select m.root, ${ALLOCATION} from members m join allocations a on a.order_ids[1] = m.id
    union
    select m.root, ${ALLOCATION} from members m join allocations a
      on cardinality(a.order_ids) > 1 and a.order_ids @> array[m.id]
  ), blocks as materialized (
    select distinct root, counterparty, alloc_id, trade_date, coalesce(
        case when trans_type in ('3', '4', '5') then ref_alloc_id end, alloc_id) as block
    from asked where trans_type <> '2' and not exists (
      select from allocations r where r.ref_alloc_id = asked.alloc_id and r.counterparty = asked.counterparty
        and r.alloc_id <> asked.alloc_id and r.trans_type in ('1', '2'))
  ), said as materialized (
    select b.root, b.counterparty, b.block, b.trade_date, a.digest, a.begin_string, a.msg_type, a.is_evidence,
      a.said_at, a.recorded_at, a.quantity, a.allocated_quantity,
      case when a.msg_type = 'J' and a.is_evidence then 'accepted'
        else ${toCase(allocStatus, "status", "a.status")} end as status,
      coalesce(${orOther(allocRejCode, "a.reason")}, ${toCase(allocStatus, "reason", "a.status")}) as reason
    from blocks b join asked a using (root, counterparty, alloc_id)
    union all
    select b.root, b.counterparty, b.block, b.trade_date, a.digest, a.begin_string, a.msg_type, a.is_evidence,
      a.said_at, a.recorded_at, null, null,
      ${toCase(allocStatus, "status", "a.status")},
      coalesce(${orOther(allocRejCode, "a.reason")}, ${toCase(allocStatus, "reason", "a.status")})
    from blocks b, lateral (select * from allocations a
      where a.counterparty = b.counterparty and a.alloc_id = b.alloc_id and a.order_ids = '{}' offset 0) a
  ), last_said as (
    select distinct on (root, counterparty, block) root, counterparty, block, trade_date, status, reason
    from said where status is not null
    order by root, counterparty, block, said_at desc nulls last, status = 'rejected' desc, status = 'accepted' desc,
      digest
  ), unadded as (
    select distinct on (root, trade_date) root, trade_date, allocated_quantity, quantity
    from said where allocated_quantity <> quantity
    order by root, trade_date, said_at desc nulls last, digest
  ), allocated as (
    select s.root, s.trade_date, max(s.recorded_at) as recorded_at,
      bool_or(l.status = 'rejected') as is_rejected, min(l.reason) filter (where l.status = 'rejected') as reason,
      bool_and(coalesce(l.status = 'accepted', false)) as is_accepted, bool_or(l.status is not null) as is_answered,
      bool_or(l.status = 'accepted' and s.is_evidence and s.begin_string >= 'FIX.4.4') as can_affirm
    from said s left join last_said l using (root, counterparty, block)
    group by 1, 2
  )`;

const CONFIRMATION =
  `c.counterparty, c.confirm_id, c.digest, c.kind, c.trans_type, c.status, c.said_at, c.recorded_at,
  c.quantity, c.avg_px, c.trade_date`;

/** The newest confirmation of each ConfirmID that nothing replaced, with the newest answer that is not older than it. */
const CONFIRMATIONS = `
  confirms as materialized (
    select m.root, ${CONFIRMATION} from members m join confirmations c on c.order_ids[1] = m.id
    union
    select m.root, ${CONFIRMATION} from members m join confirmations c
      on cardinality(c.order_ids) > 1 and c.order_ids @> array[m.id]
    union
    select b.root, ${CONFIRMATION} from blocks b, lateral (select * from confirmations c
      where c.alloc_id = b.alloc_id and c.counterparty = b.counterparty and c.order_ids = '{}' offset 0) c
  ), newest as (
    select distinct on (root, counterparty, confirm_id) * from confirms where kind = 'confirmation'
    order by root, counterparty, confirm_id, said_at desc nulls last, digest
  ), confirmed as (
    select n.root, n.trade_date, n.confirm_id, n.quantity, n.avg_px, greatest(n.recorded_at, a.recorded_at) as recorded_at,
      ${toCase(confirmStatus, "status", "n.status")} as status,
      ${toCase(confirmStatus, "reason", "n.status")} as reason, a.said_at as affirmed_at,
      ${toCase(affirmStatus, "status", "a.status")} as affirmation,
      ${orOther(confirmRejReason, "a.reason")} as affirmation_reason
    from newest n left join lateral (
      select x.* from confirmations x
      where x.counterparty = n.counterparty and x.confirm_id = n.confirm_id and x.kind = 'affirmation'
        and (n.trans_type <> '1' or x.said_at >= n.said_at)
      order by x.said_at desc nulls last, x.digest limit 1) a on true
    where n.trans_type <> '2' and not exists (
      select from confirmations r where r.ref_confirm_id = n.confirm_id and r.counterparty = n.counterparty
        and r.confirm_id <> n.confirm_id and r.trans_type in ('1', '2'))
  ), agreed as (
    select root, trade_date, max(recorded_at) as recorded_at, bool_or(status = 'mismatched') as is_mismatched,
      min(reason) filter (where status = 'mismatched') as reason,
      bool_and(coalesce(status = 'confirmed', false)) as is_confirmed,
      bool_and(coalesce(affirmation = 'affirmed', false)) as is_affirmed,
      bool_or(affirmation = 'rejected') as is_refused,
      min(affirmation_reason) filter (where affirmation = 'rejected') as refusal,
      bool_or(affirmation is not null) as is_answered, max(affirmed_at) as affirmed_at,
      sum(quantity) as quantity, sum(quantity * avg_px) / nullif(sum(quantity), 0) as avg_px,
      max(scale(avg_px)) as decimals
    from confirmed group by 1, 2
  )`;

/**
 * What an order's bookings should add up to: by the street where it reported the fill, since a booking that differs
 * has a break of its own, else as booked.
 */
const FILLS = `
  fills as (
    select root, trade_date, quantity, price from executed where counts
    union all
    select b.root, b.trade_date, b.quantity, b.price from bookings b
    where b.stage <> 'cancelled'
      and not exists (select from executed e where e.root = b.root and e.exec_id = b.exec_id)
      and not exists (select from executed e where e.root = b.root and e.pair_key = b.pair_key)
  ), filled as (
    select root, trade_date, sum(quantity) as quantity, sum(quantity * price) / nullif(sum(quantity), 0) as avg_px
    from fills group by 1, 2
  )`;

/** One row for each booking; a day of another trade date says nothing of it. */
const STATES = `
  states as (
    select distinct on (b.trade_id) b.trade_id, b.root as order_id, b.trade_date, b.asset_class, b.affirm_by,
      a.root is null and c.root is null or b.stage = 'cancelled' as is_nothing,
      case when a.is_rejected then 'rejected' when a.is_accepted then 'accepted' when a.is_answered then 'received'
        when a.root is not null then 'instructed' end as allocation_status,
      a.reason as allocation_reason,
      case when c.is_mismatched then 'mismatched' when c.is_confirmed then 'confirmed'
        when c.root is not null then 'received' end as confirmation_status,
      c.reason as confirmation_reason,
      case when c.is_refused then 'rejected' when c.is_affirmed then 'affirmed' when c.is_answered then 'received'
        when c.root is not null or a.can_affirm then 'unaffirmed' end as affirmation_status,
      c.refusal as affirmation_reason,
      case when c.is_affirmed then c.affirmed_at end as affirmed_at,
      coalesce(c.is_affirmed and c.affirmed_at > b.affirm_by, false) as is_late,
      greatest(a.recorded_at, c.recorded_at, b.first_seen_at) as due_at,
      b.trade_id = min(b.trade_id) filter (where b.stage <> 'cancelled') over (partition by b.root, b.trade_date)
        as is_first,
      a.is_rejected, u.allocated_quantity, u.quantity as block_quantity, c.is_mismatched,
      c.quantity as confirmed_quantity, f.quantity as filled_quantity, c.avg_px as confirmed_px, f.avg_px as filled_px,
      c.decimals
    from bookings b
      left join allocated a on a.root = b.root and coalesce(a.trade_date, b.trade_date) = b.trade_date
      left join unadded u on u.root = b.root and coalesce(u.trade_date, b.trade_date) = b.trade_date
      left join agreed c on c.root = b.root and coalesce(c.trade_date, b.trade_date) = b.trade_date
      left join filled f on f.root = b.root and f.trade_date = b.trade_date
    order by b.trade_id, a.trade_date, u.trade_date, c.trade_date
  )`;

/** A block has one problem, the first of these, and its first booking carries it. */
const JUDGED = `
  judged as (
    select s.*, case when not s.is_first or s.is_nothing then null
        when is_rejected then 'allocation_status' when allocated_quantity is not null then 'allocated_quantity'
        when is_mismatched then 'confirmation_status' when confirmed_quantity <> filled_quantity then 'quantity'
        when abs(confirmed_px - filled_px) > 0.5 * 10::numeric ^ -decimals then 'price' end as problem
    from states s
  ), found as (
    select j.*, case problem when 'allocation_status' then 'instructed'
        when 'allocated_quantity' then allocated_quantity::text when 'confirmation_status' then 'booked'
        when 'quantity' then filled_quantity::text when 'price' then round(filled_px, decimals)::text end as problem_book,
      case problem when 'allocation_status' then concat_ws(': ', 'rejected', allocation_reason)
        when 'allocated_quantity' then block_quantity::text
        when 'confirmation_status' then concat_ws(': ', 'mismatched', confirmation_reason)
        when 'quantity' then confirmed_quantity::text
        when 'price' then round(confirmed_px, decimals)::text end as problem_street
    from judged j
  )`;

/** All of them, in the order they need each other. */
export const FOUND = [BOOKINGS, ALLOCATIONS, CONFIRMATIONS, FILLS, STATES, JUDGED].join(",");
