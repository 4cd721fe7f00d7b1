import assert from "node:assert/strict";
import fc from "fast-check";
import { canonical } from "./canonical.ts";
import { readTrade } from "./read_trade.ts";
import type { Trade } from "./trade.ts";
import { TRADE_FIELD_NAMES, TRADE_FIELDS } from "./trade_fields.ts";

const OURS = Object.fromEntries(TRADE_FIELD_NAMES.map((name) => [name, TRADE_FIELDS[name].example]));

/** A record as the demo systems write it, with the spellings and number formats of Python. */
const SEED =
  `{"trade_id":"TRD-1A2B3C4D5E6","asset_class":"Fixed Income","instrument":"US Treasury 10Y","side":"BUY",
"quantity":1000,"price":98.41,"notional_value":98410.0,"counterparty":"Goldman Sachs","status":"Break - Mismatch",
"settlement_venue":"DTC","trade_date":"2026-11-23","settlement_date":"2026-11-25","brokerage_fee":19.68,
"clearing_fee":4.92,"exchange_fee":2.95,"total_fees":27.55,"priority":"High","stp_eligible":false,
"timestamp":"2026-11-23T14:30:05.125000","processed_by":"System"}`;

const bytes = (text: string) => new TextEncoder().encode(text);
const ours = (changes: Record<string, unknown> = {}) => bytes(JSON.stringify({ ...OURS, ...changes }));

/** The seed's record with one field written as given, which may be no JSON at all. */
const seed = (name: string, source: string) =>
  bytes(SEED.replace(new RegExp(`"${name}":("[^"]*"|[^,}]*)`), `"${name}":${source}`));

function tradeOf(value: Uint8Array): Trade {
  const read = readTrade(value);
  assert(read.kind === "trade", JSON.stringify(read));
  return read.trade;
}

Deno.test("readTrade() reads our own shape", () => {
  assert.deepEqual(tradeOf(ours()), {
    tradeId: "T-20261123-7K3F9Q-000001",
    version: 2,
    eventType: "status",
    execId: "E-7K3F9Q-000001",
    orderId: "O-7K3F9Q-000001",
    assetClass: "bond",
    instrument: "US912810TM09",
    side: "buy",
    quantity: "250000",
    price: "98.40625",
    currency: "USD",
    notionalValue: "246015.63",
    notionalUsd: "246015.63",
    usdRate: "1",
    usdRateAsOf: "2026-11-20",
    counterparty: "JP Morgan",
    stage: "confirmed",
    reportedBreak: null,
    settlementVenue: "Fedwire",
    tradeDate: "2026-11-23",
    settlementDate: "2026-11-24",
    brokerageFee: "24.60",
    clearingFee: "4.92",
    exchangeFee: "0.00",
    totalFees: "29.52",
    priority: "normal",
    stpEligible: true,
    timestamp: "2026-11-23T14:30:05.125000Z",
    processedBy: "sim-1",
    settlementStatus: "partially_settled",
    settlementReason: "LACK",
    settledQuantity: "150000",
  });
});

Deno.test("readTrade() reads a demo system's shape", () => {
  assert.deepEqual(tradeOf(bytes(SEED)), {
    tradeId: "TRD-1A2B3C4D5E6",
    version: 1_795_444_205_125_000,
    eventType: "booked",
    execId: null,
    orderId: null,
    assetClass: "bond",
    instrument: "US Treasury 10Y",
    side: "buy",
    quantity: "1000",
    price: "98.41",
    currency: "USD",
    notionalValue: "98410.0",
    notionalUsd: "98410.00",
    usdRate: "1",
    usdRateAsOf: "2026-11-20",
    counterparty: "Goldman Sachs",
    stage: "confirmed",
    reportedBreak: "Mismatch",
    settlementVenue: "DTC",
    tradeDate: "2026-11-23",
    settlementDate: "2026-11-25",
    brokerageFee: "19.68",
    clearingFee: "4.92",
    exchangeFee: "2.95",
    totalFees: "27.55",
    priority: "high",
    stpEligible: false,
    timestamp: "2026-11-23T14:30:05.125000Z",
    processedBy: "System",
    settlementStatus: null,
    settlementReason: null,
    settledQuantity: null,
  });
});

Deno.test("readTrade() says which rate it took", () => {
  const { notionalUsd, usdRate, usdRateAsOf } = tradeOf(ours({ currency: "EUR", notional_value: "1000" }));
  assert.deepEqual([notionalUsd, usdRate, usdRateAsOf], ["1160.50", "1.1605", "2026-11-20"]);
});

const STATUSES: { status: string; stage: string; event: string; reported: string | null }[] = [
  { status: "Pending Confirmation", stage: "pending_confirmation", event: "booked", reported: null },
  { status: "CONFIRMED", stage: "confirmed", event: "booked", reported: null },
  { status: "Settlement Pending", stage: "settlement_pending", event: "booked", reported: null },
  { status: "settled", stage: "settled", event: "booked", reported: null },
  { status: "Cancelled", stage: "cancelled", event: "cancelled", reported: null },
  { status: "Break - Mismatch", stage: "confirmed", event: "booked", reported: "Mismatch" },
  { status: "Break - Missing Trade", stage: "confirmed", event: "booked", reported: "Missing Trade" },
  { status: "break - mismatch", stage: "confirmed", event: "booked", reported: "mismatch" },
  { status: "break", stage: "confirmed", event: "booked", reported: "Unspecified" },
];

for (const { status, stage, event, reported } of STATUSES) {
  Deno.test(`readTrade() reads status ${status}`, () => {
    const trade = tradeOf(seed("status", JSON.stringify(status)));
    assert.deepEqual([trade.stage, trade.eventType, trade.reportedBreak], [stage, event, reported]);
  });
}

const ASSET_CLASSES = {
  "Equity": "equity",
  "Fixed Income": "bond",
  "BOND": "bond",
  "Derivative": "derivative",
  "FX": "fx",
  "Commodity": "commodity",
};

for (const [sent, stored] of Object.entries(ASSET_CLASSES)) {
  Deno.test(`readTrade() reads asset class ${sent} as ${stored}`, () => {
    assert.equal(tradeOf(seed("asset_class", JSON.stringify(sent))).assetClass, stored);
  });
}

const AMOUNTS: { source: string; want: string }[] = [
  { source: "98.410", want: "98.410" },
  { source: "1e3", want: "1000" },
  { source: '"98.40625000"', want: "98.40625000" },
  { source: "9007199254740993", want: "9007199254740993" },
  { source: "0.1234567", want: "0.1234567" },
  { source: "12345678901234567890.12345678", want: "12345678901234567890.12345678" },
];

for (const { source, want } of AMOUNTS) {
  Deno.test(`readTrade() reads the amount ${source} from its text`, () => {
    assert.equal(tradeOf(seed("price", source)).price, want);
  });
}

const TIMESTAMPS: { sent: string; want: string }[] = [
  { sent: "2026-11-23T14:30:05", want: "2026-11-23T14:30:05.000000Z" },
  { sent: "2026-11-23 14:30:05.1", want: "2026-11-23T14:30:05.100000Z" },
  { sent: "2026-11-23T14:30:05.123456789Z", want: "2026-11-23T14:30:05.123456Z" },
  { sent: "2026-11-23T09:30:05.125-05:00", want: "2026-11-23T14:30:05.125000Z" },
  { sent: "2026-11-24T00:30:05+1000", want: "2026-11-23T14:30:05.000000Z" },
];

for (const { sent, want } of TIMESTAMPS) {
  Deno.test(`readTrade() reads the timestamp ${sent} in UTC`, () => {
    const trade = tradeOf(seed("timestamp", JSON.stringify(sent)));
    assert.equal(trade.timestamp, want);
    assert.equal(trade.version, Date.parse(`${want.slice(0, 19)}Z`) * 1_000 + Number(want.slice(20, 26)));
  });
}

Deno.test("readTrade() stores what it does not know: instrument, counterparty, venue, priority", () => {
  const trade = tradeOf(ours({
    instrument: "ÆØÅ 7%",
    counterparty: "Nobody & Söhne",
    settlement_venue: "Moon",
    priority: "Urgent",
    more: { nested: [1] },
  }));
  assert.deepEqual(
    [trade.instrument, trade.counterparty, trade.settlementVenue, trade.priority],
    ["ÆØÅ 7%", "Nobody & Söhne", "Moon", "Urgent"],
  );
});

Deno.test("readTrade() stores fees whose sum is not the total as sent", () => {
  const trade = tradeOf(
    ours({ brokerage_fee: "1.00", clearing_fee: "1", exchange_fee: "-0.25", total_fees: "9" }),
  );
  assert.deepEqual([trade.exchangeFee, trade.totalFees], ["-0.25", "9"]);
});

Deno.test("readTrade() converts the notional to USD", () => {
  const trade = tradeOf(ours({ currency: "eur", notional_value: "1000.005" }));
  assert.deepEqual([trade.currency, trade.notionalUsd], ["EUR", "1160.51"]);
});

Deno.test("readTrade() takes event and cancelled status from each other", () => {
  assert.equal(tradeOf(ours({ event_type: "Cancelled" })).stage, "cancelled");
  assert.equal(tradeOf(ours({ event_type: "amended", status: "cancelled" })).eventType, "cancelled");
  assert.equal(tradeOf(ours({ event_type: null, version: 1 })).eventType, "booked");
  assert.equal(tradeOf(ours({ event_type: null, version: 2 })).eventType, "status");
});

const REJECTED: { name: string; value: Uint8Array; code: string; text: RegExp }[] = [
  { name: "nothing", value: new Uint8Array(), code: "empty", text: /empty/ },
  { name: "a huge record", value: ours({ more: "x".repeat(70_000) }), code: "too_large", text: /65536/ },
  { name: "wrong UTF-8", value: new Uint8Array([0x7b, 0xff, 0x7d]), code: "utf8", text: /UTF-8/ },
  { name: "half a record", value: bytes(SEED.slice(0, 200)), code: "json", text: /not JSON/ },
  {
    name: "deep nesting",
    value: bytes(`{"price":1,"x":${"[".repeat(60_000)}`),
    code: "json",
    text: /not JSON/,
  },
  { name: "a list", value: bytes("[]"), code: "not_object", text: /object/ },
  { name: "null", value: bytes("null"), code: "not_object", text: /object/ },
  {
    name: "a missing field",
    value: ours({ price: undefined }),
    code: "missing_field",
    text: /price: it is missing/,
  },
  { name: "a field that is null", value: ours({ side: null }), code: "missing_field", text: /side/ },
  { name: "a number for an id", value: ours({ trade_id: 7 }), code: "wrong_type", text: /trade_id.*not 7/ },
  {
    name: "a list for an amount",
    value: ours({ price: [1] }),
    code: "wrong_type",
    text: /price.*not a list/,
  },
  { name: "text for a flag", value: ours({ stp_eligible: "yes" }), code: "wrong_type", text: /not "yes"/ },
  { name: "a fraction of a version", value: ours({ version: 1.5 }), code: "out_of_range", text: /version/ },
  { name: "an absurd amount", value: seed("price", "1e300"), code: "out_of_range", text: /not "1e300"/ },
  { name: "too many decimals", value: seed("price", "1.123456789"), code: "out_of_range", text: /20 digits/ },
  { name: "words for an amount", value: ours({ price: "ten" }), code: "bad_value", text: /not "ten"/ },
  { name: "an empty id", value: ours({ trade_id: " " }), code: "bad_value", text: /must not be empty/ },
  { name: "an endless id", value: ours({ trade_id: "x".repeat(129) }), code: "out_of_range", text: /128/ },
  { name: "U+0000", value: ours({ instrument: "A\u0000" }), code: "bad_value", text: /control characters/ },
  { name: "half a surrogate", value: ours({ instrument: "\ud800" }), code: "bad_value", text: /\\ud800/ },
  { name: "30 February", value: ours({ trade_date: "2026-02-30" }), code: "bad_value", text: /trade_date/ },
  {
    name: "hour 24",
    value: ours({ timestamp: "2026-11-23T24:00:00Z" }),
    code: "bad_value",
    text: /timestamp/,
  },
  { name: "a negative quantity", value: seed("quantity", "-5"), code: "negative_quantity", text: /quantity/ },
  { name: "a quantity of 0", value: seed("quantity", "0.00"), code: "out_of_range", text: /more than 0/ },
  {
    name: "a share below zero",
    value: ours({ price: "-1" }),
    code: "out_of_range",
    text: /negative for bond/,
  },
  { name: "an unknown status", value: ours({ status: "lost" }), code: "unknown_status", text: /not "lost"/ },
  { name: "an unknown side", value: ours({ side: "short" }), code: "unknown_side", text: /buy, sell/ },
  { name: "an unknown currency", value: ours({ currency: "XXX" }), code: "unknown_currency", text: /"XXX"/ },
  {
    name: "an unknown class",
    value: ours({ asset_class: "art" }),
    code: "unknown_asset_class",
    text: /equity/,
  },
  { name: "a word of Object", value: ours({ side: "constructor" }), code: "unknown_side", text: /buy/ },
];

for (const { name, value, code, text } of REJECTED) {
  Deno.test(`readTrade() refuses ${name} as ${code}`, () => {
    const read = readTrade(value);
    assert(read.kind === "rejected", JSON.stringify(read));
    assert.equal(read.code, code);
    assert.match(read.text, text);
    assert(read.text.length < 300);
  });
}

Deno.test("readTrade() accepts crude oil below zero", () => {
  const wti = { asset_class: "commodity", price: "-37.63", notional_value: "-37630" };
  assert.equal(tradeOf(ours(wti)).price, "-37.63");
});

Deno.test("readTrade() names each required field that is missing", () => {
  for (const name of TRADE_FIELD_NAMES) {
    const read = readTrade(ours({ [name]: undefined }));
    if ("optional" in TRADE_FIELDS[name]) assert.equal(read.kind, "trade");
    else assert(read.kind === "rejected" && read.code === "missing_field" && read.text.includes(name));
  }
});

Deno.test("readTrade() never throws on arbitrary bytes", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (value) => {
    assert.equal(readTrade(value).kind, "rejected");
  }));
});

Deno.test("readTrade() never throws on a record with bytes changed", () => {
  const anyChanges = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.constantFrom(SEED, JSON.stringify(OURS)), anyChanges, (source, changes) => {
      const value = bytes(source);
      for (const [at, byte] of changes) value[at % value.length] = byte;
      checkOutcome(value);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("readTrade() never throws whatever a field holds", () => {
  const anyField = fc.constantFrom(...TRADE_FIELD_NAMES);
  fc.assert(
    fc.property(anyField, fc.jsonValue(), (name, value) => checkOutcome(ours({ [name]: value }))),
    { numRuns: 2_000 },
  );
});

function checkOutcome(value: Uint8Array): void {
  const read = readTrade(value);
  if (read.kind === "rejected") {
    assert.match(read.code, /^[a-z0-9_]+$/);
    assert(read.text.isWellFormed() && !read.text.includes("\0"));
  }
}

Deno.test("canonical() is the same text for the same content in both shapes", () => {
  const trade = tradeOf(bytes(SEED));
  const restated = ours({
    trade_id: trade.tradeId,
    version: trade.version,
    event_type: "booked",
    exec_id: null,
    order_id: null,
    asset_class: "bond",
    instrument: trade.instrument,
    side: "Buy",
    quantity: "1000.00",
    price: "98.410",
    notional_value: "98410",
    counterparty: trade.counterparty,
    status: "BREAK - Mismatch",
    settlement_venue: "DTC",
    settlement_date: trade.settlementDate,
    brokerage_fee: "19.680",
    clearing_fee: "4.92",
    exchange_fee: "2.95",
    total_fees: "27.55",
    priority: "HIGH",
    stp_eligible: false,
    timestamp: "2026-11-23T15:30:05.125+01:00",
    processed_by: "System",
    settlement_status: null,
    settlement_reason: null,
    settled_quantity: null,
  });
  assert.equal(canonical(tradeOf(restated)), canonical(trade));
});

Deno.test("canonical() differs when any field differs", () => {
  const texts = [
    {},
    { price: "98.40626" },
    { version: 3 },
    { exec_id: null },
    { status: "settled" },
    { processed_by: "sim-2" },
  ].map((changes) => canonical(tradeOf(ours(changes))));
  assert.equal(new Set(texts).size, texts.length);
});
