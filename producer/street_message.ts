/**
 * A message of the street before it is numbered and encoded, and the fields that most messages share.
 *
 * @module
 */

import { encodeMessage, type FieldToEncode } from "../shared/fix/mod.ts";
import { FUND_COMP_ID } from "../shared/trade/counterparties.ts";
import { APPL_VER_ID_50SP2, BEGIN_STRINGS, type FixVersion, securityType } from "./fix_version.ts";
import type { Order } from "./orders.ts";

export interface StreetMessage {
  readonly msgType: string;
  readonly body: readonly FieldToEncode[];
  /** Of its record, where that is not the order's first ClOrdID: the message names no order. */
  readonly key?: string;
  /** A fill, a correction or a bust. */
  readonly isExecution?: boolean;
  /** It says what an earlier message said, under a sequence number of its own. */
  readonly isResent?: boolean;
}

/** What a message depends on besides its order: when and how it is told. */
export interface Moment {
  readonly version: FixVersion;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** A fresh ExecID (17) for a report that is no execution. */
  readonly reportId: () => string;
}

/** Writes a message at its moment; null when there is nothing left to say. */
export type Tell = (moment: Moment) => StreetMessage | null;

/** The fund is `BREAKWATER`, a broker its own CompID. */
export type Teller = "fund" | "broker";

export interface Session {
  readonly sender: string;
  readonly target: string;
}

export function sessionOf(by: Teller, { counterparty }: Order): Session {
  return by === "fund"
    ? { sender: FUND_COMP_ID, target: counterparty.compId }
    : { sender: counterparty.compId, target: FUND_COMP_ID };
}

export function encodeStreet(
  { msgType, body, isResent }: StreetMessage,
  { sender, target }: Session,
  seqNum: number,
  { version, atMs }: Moment,
): Uint8Array {
  const header: FieldToEncode[] = [
    [49, sender],
    [56, target],
    [34, String(seqNum)],
    [52, fixTime(atMs)],
  ];
  if (isResent) header.push([97, "Y"]);
  if (version === "5.0SP2") header.unshift([1128, APPL_VER_ID_50SP2]);
  return encodeMessage({ beginString: BEGIN_STRINGS[version], msgType, fields: [...header, ...body] });
}

/** Traded over the counter, at no exchange. */
const NO_EXCHANGE = "XXXX";

/** A bond has no symbol: its ISIN is the SecurityID (48) of source 4. */
export function instrumentFields(
  { quote: { instrument }, symbol }: Order,
  version: FixVersion,
): FieldToEncode[] {
  const type = securityType(version, instrument);
  const fields: FieldToEncode[] = instrument.assetClass === "bond"
    ? [[55, "[N/A]"], [48, symbol], [22, "4"], [167, type]]
    : [[55, symbol], [167, type]];
  if (instrument.exchange !== NO_EXCHANGE) fields.push([207, instrument.exchange]);
  return fields;
}

/** LastMkt (30), where there is a market. */
export function marketFields({ quote: { instrument } }: Order): FieldToEncode[] {
  return instrument.exchange === NO_EXCHANGE ? [] : [[30, instrument.exchange]];
}

/** Who executed: ExecBroker (76) in 4.2, later the party of PartyRole (452) 1. */
export function brokerFields({ counterparty }: Order, version: FixVersion): FieldToEncode[] {
  if (version === "4.2") return [[76, counterparty.compId]];
  return [[453, "1"], [448, counterparty.compId], [447, "D"], [452, "1"]];
}

export function sideOf({ side }: Order): string {
  return side === "buy" ? "1" : "2";
}

/** A UTCTimestamp with milliseconds, such as `20261123-14:30:05.125`. */
export function fixTime(epochMs: number): string {
  if (epochMs !== latest.epochMs) latest = { epochMs, text: writeTime(epochMs) };
  return latest.text;
}

/** A message states its time twice. */
let latest = { epochMs: NaN, text: "" };

function writeTime(epochMs: number): string {
  const iso = new Date(epochMs).toISOString();
  return `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 10)}-${iso.slice(11, 23)}`;
}

/** A LocalMktDate of an ISO day. */
export function fixDate(day: string): string {
  return day.replaceAll("-", "");
}
