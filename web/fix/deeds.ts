/**
 * What a message of an order does, in a few words.
 *
 * @module
 */

import { formatExact } from "../../shared/kpi/mod.ts";
import { type ShownMessage, titleOf, valueOf } from "../components/fix/message.ts";

type Said = (tag: number) => string;

/** By MsgType (35). */
const DEEDS: Readonly<Record<string, (said: Said, message: ShownMessage) => string>> = {
  D: (said) => `New order: ${toTerms(said)}`,
  G: (said) => `Asks for other terms: ${toTerms(said)}`,
  F: () => "Asks to cancel",
  H: () => "Asks where the order stands",
  8: (said, message) => tellReport(said, message),
  9: (said) => withText(said(434) === "2" ? "Refuses other terms" : "Refuses to cancel", said),
  Q: (said) => withText(`Does not know execution ${said(17)}`, said),
  J: (said) => `Asks to allocate ${toQuantity(said(53) || said(80))}`.trim(),
  P: (said) => withText(`Allocation: ${meaning(ALLOC_STATUSES, said(87))}`, said),
  AS: (said) => withText(`Reports the allocation: ${meaning(ALLOC_STATUSES, said(87))}`, said),
  AT: () => "Acknowledges the allocation report",
  AK: (said) => `Confirms ${toQuantity(said(80) || said(53))} ${toPrice(said(6))}`.trim(),
  AU: (said) => said(940) === "3" ? "Affirms" : withText("Answers the confirmation", said),
  AE: (said) => `Captures ${toQuantity(said(32))} ${toPrice(said(31))}`.trim(),
  AR: () => "Acknowledges the trade capture",
  j: (said) => withText("Refuses the message", said),
};

/** By ExecType (150). Before FIX 4.4 a trade is 1 or 2, and its ExecTransType (20) tells what is done to it. */
const REPORTS: Readonly<Record<string, string>> = {
  0: "Acknowledges the order",
  3: "Done for the day",
  4: "Cancelled",
  5: "Replaced",
  6: "Works on the cancel",
  7: "Stopped",
  8: "Rejects the order",
  9: "Suspended",
  A: "Has the order, not yet working",
  B: "Calculated",
  C: "Expired",
  D: "Restated",
  E: "Works on the other terms",
  I: "Says where the order stands",
  J: "Trade is in a clearing hold",
  K: "Trade is released to clearing",
  L: "Triggered",
};

const ALLOC_STATUSES: Readonly<Record<string, string>> = {
  0: "accepted",
  1: "rejected",
  2: "rejected for an account",
  3: "received",
  4: "incomplete",
  5: "rejected by an intermediary",
};

const SIDES: Readonly<Record<string, string>> = { 1: "buy", 2: "sell", 5: "sell short" };

export function tellDeed(message: ShownMessage): string {
  const said = (tag: number) => valueOf(message, tag) ?? "";
  return DEEDS[message.msgType]?.(said, message) ?? titleOf(message);
}

function tellReport(said: Said, { beginString }: ShownMessage): string {
  const transType = beginString < "FIX.4.3" ? said(20) : "";
  const execType = said(150);
  if (transType === "3") return withText(REPORTS.I!, said);
  if (execType === "G" || transType === "2") {
    return `Corrects execution ${said(19)} to ${toQuantity(said(32))} ${toPrice(said(31))}`;
  }
  if (execType === "H" || transType === "1") return `Busts execution ${said(19)}`;
  const isFill = execType === "F" || execType === "1" || execType === "2";
  if (isFill) return `Fills ${toQuantity(said(32))} ${toPrice(said(31))}`.trim();
  return withText(REPORTS[execType] ?? `Reports ExecType ${execType}`, said);
}

function toTerms(said: Said): string {
  const price = said(44) === "" ? "at market" : `limit ${toNumber(said(44))}`;
  const instrument = said(55) === "" || said(55) === "[N/A]" ? said(48) : said(55);
  return [SIDES[said(54)] ?? "", toQuantity(said(38)), instrument, price].filter(Boolean).join(" ");
}

function toQuantity(text: string): string {
  return text === "" ? "" : toNumber(text);
}

function toPrice(text: string): string {
  return text === "" ? "" : `at ${toNumber(text)}`;
}

function toNumber(text: string): string {
  return /^-?\d+(\.\d+)?$/.test(text) ? formatExact(text) : text;
}

function withText(deed: string, said: Said): string {
  return said(58) === "" ? deed : `${deed}: ${said(58)}`;
}

function meaning(names: Readonly<Record<string, string>>, value: string): string {
  return names[value] ?? value;
}
