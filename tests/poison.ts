/**
 * Records that cannot become facts, by the dozen, for both topics. Each has a name that says what is wrong.
 *
 * @module
 */

import { type Attributes, booking, execution } from "./messages.ts";

export interface Poison {
  readonly name: string;
  readonly value: Uint8Array | string | null;
}

/** A hair under the broker's limit for a batch of records, a mebibyte. */
const HUGE_BYTES = 1_048_400;
const DIGITS_30 = "123456789012345678901234567890";
const REQUIRED = ["trade_id", "asset_class", "instrument", "side", "quantity", "price", "notional_value"]
  .concat("counterparty", "status", "settlement_venue", "trade_date", "settlement_date", "brokerage_fee")
  .concat(
    "clearing_fee",
    "exchange_fee",
    "total_fees",
    "priority",
    "stp_eligible",
    "timestamp",
    "processed_by",
  );
const AMOUNTS = [
  "quantity",
  "price",
  "notional_value",
  "brokerage_fee",
  "clearing_fee",
  "exchange_fee",
  "total_fees",
];
const TEXTS = ["trade_id", "instrument", "counterparty", "settlement_venue", "priority", "processed_by"];

/** What is wrong with one attribute: its name and the values it may not have. */
const WRONG_VALUES: [attribute: string, values: unknown[]][] = [
  ...AMOUNTS.map((name): [string, unknown[]] => [
    name,
    [
      "abc",
      "",
      " ",
      "NaN",
      "Infinity",
      "1e400",
      DIGITS_30,
      "0x10",
      "1,000",
      "1.2.3",
      "0.123456789",
      "1\u0000",
    ],
  ]),
  ...TEXTS.map((name): [string, unknown[]] => [name, ["", "a\u0000b", "a\ud800b", 7, "x".repeat(100_000)]]),
  ["quantity", [-5, "-5", "-0.00000001"]],
  ["side", ["hold", "", 1]],
  ["status", ["unknown", "", 4]],
  ["asset_class", ["crypto", "", 1]],
  ["event_type", ["exploded", ""]],
  ["trade_date", [
    "2026-02-30",
    "23/11/2026",
    "2026-13-01",
    "",
    "yesterday",
    "0000-00-00",
    "+275760-09-14",
    20261123,
  ]],
  ["settlement_date", ["2026-02-30", "2026-11-31", "tomorrow", "99999-01-01"]],
  ["timestamp", ["2026-02-30T00:00:00Z", "2026-11-23T25:00:00Z", "now", "", "2026-11-23", 1e400, -1]],
  ["stp_eligible", ["maybe", "", 2]],
  ["version", [-1, 1.5, "abc", 1e20, DIGITS_30]],
];

export function tradePoisons(): Poison[] {
  return [
    { name: "empty value", value: "" },
    { name: "tombstone", value: null },
    { name: "no JSON", value: "hello" },
    { name: "half of an object", value: text(booking()).slice(0, 200) },
    { name: "two objects", value: text(booking()).repeat(2) },
    { name: "JSON null", value: "null" },
    { name: "JSON array", value: `[${text(booking())}]` },
    { name: "JSON number", value: "42" },
    { name: "JSON text", value: '"T-1"' },
    { name: "empty object", value: "{}" },
    { name: "no UTF-8", value: new Uint8Array([0xff, 0xfe, 0x7b, 0x7d]) },
    { name: "wrong UTF-8 inside a text", value: brokenUtf8() },
    { name: "a NUL byte", value: `${text(booking({ trade_id: "P-nul" }))}\u0000` },
    { name: "huge and no JSON", value: "a".repeat(HUGE_BYTES) },
    { name: "deep nesting", value: "[".repeat(HUGE_BYTES) },
    {
      name: "deep nesting in an attribute",
      value: rawValue("instrument", `${"[".repeat(9_000)}${"]".repeat(9_000)}`),
    },
    { name: "a number with an absurd exponent", value: rawValue("quantity", "1e400") },
    { name: "a number with 30 digits", value: rawValue("price", DIGITS_30) },
    { name: "a lone surrogate", value: rawValue("instrument", '"a\\ud800b"') },
    { name: "a version that no number holds", value: rawValue("version", "9007199254740993000") },
    ...REQUIRED.map((name) => ({ name: `without ${name}`, value: text(one({ [name]: undefined })) })),
    ...REQUIRED.map((name) => ({ name: `${name} is null`, value: text(one({ [name]: null })) })),
    ...REQUIRED.map((name) => ({ name: `${name} is an object`, value: text(one({ [name]: {} })) })),
    ...REQUIRED.map((name) => ({ name: `${name} is an array`, value: text(one({ [name]: ["1"] })) })),
    ...WRONG_VALUES.flatMap(([name, values]) =>
      values.map((value) => ({
        name: `${name} is ${text(value).slice(0, 40)}`,
        value: text(one({ [name]: value })),
      }))
    ),
  ];
}

export function fixPoisons(): Poison[] {
  const sound = execution();
  // "|" stands for SOH.
  const line = String.fromCharCode(...sound).replaceAll("\x01", "|");
  const changed = (from: RegExp, to: string) => latin1Bytes(line.replace(from, to).replaceAll("|", "\x01"));
  return [
    { name: "empty value", value: "" },
    { name: "tombstone", value: null },
    { name: "no FIX", value: "hello" },
    { name: "any bytes", value: Uint8Array.from({ length: 256 }, (_, n) => n) },
    { name: "JSON", value: text(booking()) },
    { name: "huge and no FIX", value: "a".repeat(HUGE_BYTES) },
    { name: "cut off", value: sound.subarray(0, sound.length - 12) },
    { name: "two messages", value: concat(sound, sound) },
    { name: "bytes after the message", value: concat(sound, latin1Bytes("garbage")) },
    { name: "another checksum", value: changed(/10=(\d)\d\d\|$/, "10=999|") },
    { name: "no checksum", value: changed(/10=\d\d\d\|$/, "") },
    { name: "another body length", value: changed(/\|9=\d+\|/, "|9=5|") },
    { name: "an absurd body length", value: changed(/\|9=\d+\|/, "|9=99999999999999999999|") },
    { name: "no body length", value: changed(/\|9=\d+\|/, "|") },
    { name: "no begin string", value: changed(/^8=FIX.4.4\|/, "") },
    { name: "another begin string", value: changed(/^8=FIX.4.4/, "8=XIF.4.4") },
    { name: "no ExecID", value: execution({ 17: "" }) },
    { name: "no Side", value: execution({ 54: "" }) },
    { name: "no LastPx", value: execution({ 31: "" }) },
    { name: "no LastQty", value: execution({ 32: "" }) },
    { name: "a LastPx that is no number", value: execution({ 31: "abc" }) },
    { name: "a LastPx with an exponent", value: execution({ 31: "1e400" }) },
    { name: "a LastPx with 30 digits", value: execution({ 31: DIGITS_30 }) },
    { name: "a LastQty that is no number", value: execution({ 32: "1,000" }) },
    { name: "a negative LastQty", value: execution({ 32: "-100" }) },
    { name: "an unknown Side", value: execution({ 54: "Q" }) },
    { name: "a TransactTime that never was", value: execution({ 60: "20260230-14:30:05.100" }) },
    { name: "a TransactTime that is no time", value: execution({ 60: "yesterday" }) },
    { name: "a TradeDate that never was", value: execution({ 75: "20260230" }) },
    { name: "a MsgSeqNum that is no number", value: execution({ 34: "two" }) },
    { name: "a NUL in ExecID", value: execution({ 17: "E\u00001" }) },
  ];
}

let number = 0;

/** A booking of a trade of its own, so that no poison hides behind another one's version. */
function one(changes: Attributes): Attributes {
  return booking({ trade_id: `P-${++number}`, exec_id: `P-${number}`, ...changes });
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? "undefined";
}

/** A booking with one attribute written as it stands. */
function rawValue(attribute: string, json: string): string {
  return text(one({ [attribute]: "RAW" })).replace('"RAW"', json);
}

function brokenUtf8(): Uint8Array {
  const [before, after] = text(one({ instrument: "RAW" })).split("RAW");
  return concat(latin1Bytes(before!), new Uint8Array([0xc3, 0x28]), latin1Bytes(after!));
}

function latin1Bytes(latin1: string): Uint8Array {
  return Uint8Array.from(latin1, (character) => character.charCodeAt(0));
}

function concat(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
