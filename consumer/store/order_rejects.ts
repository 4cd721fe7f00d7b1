/**
 * OrderCancelRejects (9): a change or a cancel was refused, and the order is back in the status they name. They have no
 * CumQty to be folded by, so they are kept apart and have the word while no report of the order is newer.
 *
 * @module
 */

import type { Transaction } from "../../shared/platform/postgres.ts";
import type { Decoded } from "../decode.ts";
import { copy, encodeRow } from "./staging.ts";

const COLUMNS = "order_id, transact_time, msg_seq_num, ord_status, reason";

const TABLES = `
  set local client_min_messages to warning;
  create temp table if not exists incoming_rejects on commit delete rows as
    select ${COLUMNS} from order_rejects with no data;`;

const APPEND = `
  insert into order_rejects (${COLUMNS})
  select distinct on (order_id, transact_time, msg_seq_num) ${COLUMNS} from incoming_rejects
  order by order_id, transact_time, msg_seq_num, ord_status
  on conflict do nothing;`;

/** After every state, too: it may be older than the rejection that came before it. */
const restate = (orders: string) => `
  update orders o set ord_status = r.ord_status from (
    select distinct on (order_id) order_id, ord_status, transact_time, msg_seq_num from order_rejects
    where order_id in (${orders}) order by order_id, transact_time desc, msg_seq_num desc) r
  where o.order_id = r.order_id and o.ord_status <> r.ord_status
    and (r.transact_time, r.msg_seq_num) > (o.transact_time, o.msg_seq_num);`;

const OF_STATES = "select order_id from incoming_orders";
const OF_BOTH = `${OF_STATES} union select order_id from incoming_rejects`;

/** Writes the rejections of a batch, after the states of its orders. */
export async function writeOrderRejects(tx: Transaction, decoded: readonly Decoded[]): Promise<void> {
  const rows = decoded.flatMap((record) => {
    const reject = record.kind === "message" ? record.message.cancelReject : undefined;
    if (reject === undefined) return [];
    const { orderId, transactTime, msgSeqNum, ordStatus, reason } = reject;
    return [encodeRow([orderId, transactTime, msgSeqNum, ordStatus, reason])];
  });
  if (rows.length === 0) {
    await tx.script(restate(OF_STATES));
    return;
  }
  await tx.script(TABLES);
  await copy(tx, `incoming_rejects (${COLUMNS})`, rows);
  await tx.script(`${APPEND}${restate(OF_BOTH)}`);
}
