/**
 * The e-mail that asks a counterparty about a break, ready to send: which trade, what each side has, and what we want
 * to be done. Pure: the same facts give the same text.
 *
 * @module
 */

import { readAmount, subtract } from "../trade/decimal.ts";

/** The break, and what both sides said of its trade. */
export interface ChaseFacts {
  readonly id: number;
  readonly type: string;
  /** The column that differs; null when a whole side is missing. */
  readonly field: string | null;
  readonly book: string | null;
  readonly street: string | null;
  readonly counterparty: string;
  readonly notionalUsd: string | null;
  /** The business date it opened on, and business days since. */
  readonly businessDate: string | null;
  readonly ageBusinessDays: number | null;
  /** What we booked; null: nothing. */
  readonly trade: ChaseTrade | null;
  /** What they reported; null: nothing. */
  readonly execution: ChaseExecution | null;
  /** Of a whole order that is compared in sum and average: all its bookings and fills; else null. */
  readonly block: { readonly tradeIds: readonly string[]; readonly execIds: readonly string[] } | null;
}

interface Terms {
  readonly instrument: string;
  readonly side: string;
  readonly quantity: string;
  readonly price: string;
  readonly currency: string | null;
  readonly tradeDate: string;
  readonly settlementDate: string | null;
}

export interface ChaseTrade extends Terms {
  readonly tradeId: string;
}

export interface ChaseExecution extends Terms {
  readonly execId: string;
  /** OrderID (37). */
  readonly brokerOrderId: string | null;
}

export interface Chase {
  /** Whom it is for, by name: addresses are not known here. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** What is wrong, and what they should do; each as a sentence. */
type Words = readonly [problem: string, request: string];

const CORRECT = "Please check your record and send us a correction, or the reason why yours stands.";
const WORDS: Readonly<Record<string, Words>> = {
  missing_street: [
    "We have booked the trade below with you and received no execution report for it.",
    "Please send the execution report, or tell us that you do not know the trade.",
  ],
  missing_book: [
    "You reported the execution below, and we have no trade for it.",
    "Please confirm that it is ours and for which order, or bust it.",
  ],
  bust: [
    "One side has taken the trade below back, and the other still has it.",
    "Please confirm whether the execution stands.",
  ],
  duplicate: [
    "The execution below appears twice.",
    "Please confirm how many executions there were, and bust the surplus one if it is yours.",
  ],
  allocation: [
    "Our allocation of the trade below has not been accepted as we sent it.",
    "Please accept it, or tell us what you need to be changed.",
  ],
  unaffirmed: [
    "The trade below has not been affirmed before its market's cut-off.",
    "Please affirm it, or tell us what keeps you from doing so.",
  ],
  settlement_fail: [
    "The trade below has failed to settle.",
    "Please tell us the reason and when you expect it to settle; we reserve our claim for the days until then.",
  ],
  late: [
    "Your report of the trade below reached us late.",
    "Please tell us what delayed it.",
  ],
};

/** Of a difference in one field. */
const NAMES: Readonly<Record<string, string>> = {
  price: "price",
  quantity: "quantity",
  side: "side",
  instrument: "instrument",
  counterparty: "counterparty",
  currency: "currency",
  settlement_date: "settlement date",
  fees: "fees",
};

export function toChase(facts: ChaseFacts): Chase {
  const name = NAMES[facts.type];
  const [problem, request] = WORDS[facts.type] ??
    [`Our record of the trade below and yours differ${name ? ` in the ${name}` : ""}.`, CORRECT];
  const terms = facts.trade ?? facts.execution;
  const what = terms ? `${terms.side} ${terms.quantity} ${terms.instrument}, ${terms.tradeDate}` : facts.type;
  const numbers = toNumbers(facts);
  const parts = [
    `To: ${facts.counterparty}, trade support`,
    problem,
    table(toReferences(facts)),
    ...(numbers.length === 0 ? [] : [table(numbers)]),
    request,
    `Please quote break ${facts.id} in your answer.\n\nKind regards\nMiddle office`,
  ];
  return {
    to: facts.counterparty,
    subject: `Break ${facts.id}: ${(name ?? facts.type).replaceAll("_", " ")}, ${what}`,
    text: parts.join("\n\n"),
  };
}

/** Trades and executions that a text names. */
const IDS_MAX = 10;

type Line = readonly [label: string, value: string | null | undefined];

function toReferences(facts: ChaseFacts): Line[] {
  const { trade, execution, block, notionalUsd, businessDate, ageBusinessDays } = facts;
  const terms = trade ?? execution;
  const days = ageBusinessDays === 1 ? "1 business day" : `${ageBusinessDays} business days`;
  return [
    ["Our trade", list(block?.tradeIds) ?? trade?.tradeId ?? "none"],
    ["Your execution", list(block?.execIds) ?? execution?.execId ?? "none"],
    ["Your order", execution?.brokerOrderId],
    ["Instrument", terms?.instrument],
    ["We", terms && `${terms.side} ${terms.quantity} at ${terms.price} ${terms.currency ?? ""}`.trimEnd()],
    ["Trade date", terms?.tradeDate],
    ["Settlement date", terms?.settlementDate],
    ["Value in USD", notionalUsd],
    ["Open since", businessDate && `${businessDate} (${days})`],
  ];
}

/** The first few, and how many more; null for none. */
function list(ids: readonly string[] = []): string | null {
  if (ids.length === 0) return null;
  const more = ids.length > IDS_MAX ? ` and ${ids.length - IDS_MAX} more` : "";
  return ids.slice(0, IDS_MAX).join(", ") + more;
}

function toNumbers({ book, street, field, trade, execution }: ChaseFacts): Line[] {
  if (book === null && street === null) return [];
  // An identity is no value of the trade: having it, or nothing, says enough.
  const of = field === null || field.endsWith("_id") ? "" : ` as ${field.replaceAll("_", " ")}`;
  const difference = book !== null && street !== null && isAmount(book) && isAmount(street)
    ? subtract(street, book)
    : null;
  return [
    [`We have${of}`, book ?? (trade ? null : "nothing")],
    [`You have${of}`, street ?? (execution ? null : "nothing")],
    ["Difference", difference],
  ];
}

function isAmount(text: string): boolean {
  return readAmount(text).kind === "amount";
}

/** Lines of label and value, aligned; those without a value are left out. */
function table(lines: readonly Line[]): string {
  const told = lines.filter((line): line is [string, string] => line[1] !== null && line[1] !== undefined);
  const width = Math.max(...told.map(([label]) => label.length));
  return told.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`).join("\n");
}
