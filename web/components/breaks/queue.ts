/**
 * The queue of breaks: which belong into it, in which order, and how changes come in without moving what is being
 * read. Pure.
 *
 * @module
 */

import { type Break, SEVERITIES } from "./break.ts";
import { isSamePerson } from "../who.ts";

/** What the address asks for, with the names of the API. */
export interface QueueFilter {
  /** A status, `closed` or `all`; absent: every break that is not closed. */
  readonly status?: string;
  readonly type?: string;
  readonly severity?: string;
  readonly counterparty?: string;
  /** A name, `me` or `none`. */
  readonly owner?: string;
  readonly overdue?: string;
  readonly tradeId?: string;
  readonly execId?: string;
  /** `severity`, unless told otherwise, or `newest`. */
  readonly order?: string;
}

export const FILTER_NAMES = ["status", "type", "severity", "counterparty", "owner", "overdue"]
  .concat("tradeId", "execId", "order") as (keyof QueueFilter)[];

/** What the address asks for; parameters of other names are left out, and so are empty ones. */
export function readFilter(params: URLSearchParams): QueueFilter {
  return Object.fromEntries(FILTER_NAMES.flatMap((name) => {
    const value = params.get(name);
    return value ? [[name, value]] : [];
  }));
}

/** As the API takes it, which knows no cookie: `me` becomes the name. */
export function toQuery(filter: QueueFilter, user: string | null): URLSearchParams {
  const params = new URLSearchParams(filter as Record<string, string>);
  if (filter.owner === "me" && user !== null) params.set("owner", user);
  return params;
}

/** The rows on the page, and those that belong there and wait until nobody reads. */
export interface Queue {
  readonly rows: readonly Break[];
  readonly waiting: readonly Break[];
}

export interface View {
  readonly filter: QueueFilter;
  readonly user: string | null;
  /** All that match are on the page; else what sorts behind its last row is on a later one. */
  readonly isWhole: boolean;
}

export function isIn(row: Break, { filter, user }: Pick<View, "filter" | "user">): boolean {
  const { status, owner } = filter;
  const isOpen = row.closed_at === null;
  const hasStatus = status === undefined
    ? isOpen
    : status === "all" || (status === "closed" ? !isOpen : row.status === status);
  const hasOwner = owner === undefined ||
    (owner === "none" ? row.owner === null : isSamePerson(row.owner, owner === "me" ? user : owner));
  const same = (name: "type" | "severity" | "counterparty", value = filter[name]) =>
    value === undefined || row[name] === value;
  return hasStatus && hasOwner && same("type") && same("severity") && same("counterparty") &&
    (filter.tradeId === undefined || row.trade_id === filter.tradeId) &&
    (filter.execId === undefined || row.exec_id === filter.execId) &&
    (filter.overdue === undefined || (row.overdue === true) === (filter.overdue === "true"));
}

/** What is done comes the newest first, unless told otherwise. */
const DONE = ["resolved", "written_off", "closed", "all"];

/** As the API orders: the worst first, then the oldest; or the newest first. */
export function inOrder({ order, status = "" }: QueueFilter): (a: Break, b: Break) => number {
  if (order === "newest" || (order === undefined && DONE.includes(status))) {
    return (a, b) => descending(a.opened_at, b.opened_at) || b.id - a.id;
  }
  const rank = ({ severity }: Break) => SEVERITIES.indexOf(severity);
  return (a, b) => rank(a) - rank(b) || descending(b.opened_at, a.opened_at) || a.id - b.id;
}

/** Takes changes in: rows on the page change where they stand, others wait. */
export function withChanges({ rows, waiting }: Queue, changed: readonly Break[], view: View): Queue {
  const news = new Map(changed.map((row) => [row.id, row]));
  const onPage = new Set(rows.map(({ id }) => id));
  return {
    // The same array where nothing on the page has changed: then nothing is drawn.
    rows: changed.some(({ id }) => onPage.has(id)) ? rows.map((row) => newer(row, news.get(row.id))) : rows,
    waiting: [
      ...waiting.filter(({ id }) => !news.has(id)),
      ...changed.filter((row) => !onPage.has(row.id) && isIn(row, view)),
    ],
  };
}

/** Nobody reads: what waits comes in, what no longer belongs here goes. */
export function settled({ rows, waiting }: Queue, view: View): Queue {
  const compare = inOrder(view.filter);
  const last = rows.at(-1);
  const belongs = waiting.filter((row) => view.isWhole || (last !== undefined && compare(row, last) < 0));
  return { rows: [...rows.filter((row) => isIn(row, view)), ...belongs].sort(compare), waiting: [] };
}

/** How many would come and go if the page were settled. */
export function pendingOf(queue: Queue, view: View): { readonly come: number; readonly go: number } {
  const after = settled(queue, view).rows;
  const stay = queue.rows.filter((row) => isIn(row, view)).length;
  return { come: after.length - stay, go: queue.rows.length - stay };
}

/** An answer and the stream may cross; the newer one counts. */
export function newer<R extends Break>(row: R, other: R | undefined): R {
  return other !== undefined && other.version >= row.version ? other : row;
}

function descending(a: string, b: string): number {
  return a > b ? -1 : a < b ? 1 : 0;
}
