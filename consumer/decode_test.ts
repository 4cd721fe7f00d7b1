import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { decode, type Source } from "./decode.ts";

const SETTINGS = { fixTopic: "fix-trades", validation: "strict" } as const;
const bytes = (text: string) => new TextEncoder().encode(text);

function record(topic: string, value: Uint8Array | null): Omit<Source, "digest"> {
  return { topic, partition: 3, offset: "41", key: bytes("k"), value, recordTimeMs: 7 };
}

const SEED_BOOKING = bytes(JSON.stringify({
  trade_id: "TRD-1A2B3C4D5E6",
  asset_class: "Fixed Income",
  instrument: "US Treasury 10Y",
  side: "BUY",
  quantity: 1000,
  price: 98.41,
  notional_value: 98410.0,
  counterparty: "Goldman Sachs",
  status: "Confirmed",
  settlement_venue: "DTC",
  trade_date: "2026-11-23",
  settlement_date: "2026-11-25",
  brokerage_fee: 19.68,
  clearing_fee: 4.92,
  exchange_fee: 2.95,
  total_fees: 27.55,
  priority: "High",
  stp_eligible: false,
  timestamp: "2026-11-23T14:30:05.125000",
  processed_by: "System",
}));

const REJECTED: { name: string; topic: string; value: Uint8Array | null; code?: string }[] = [
  { name: "a tombstone", topic: "trades", value: null, code: "empty" },
  { name: "an empty value", topic: "fix-trades", value: new Uint8Array(), code: "empty" },
  { name: "a huge value", topic: "trades", value: new Uint8Array(1_000_001), code: "too_large" },
  { name: "a booking on the topic of FIX", topic: "fix-trades", value: SEED_BOOKING },
  {
    name: "FIX on the topic of bookings",
    topic: "trades",
    value: bytes("8=FIX.4.4\x019=5\x0135=0\x0110=163\x01"),
  },
  {
    name: "a trade of a day that no calendar covers",
    topic: "trades",
    value: bytes(new TextDecoder().decode(SEED_BOOKING).replace(`"trade_date":"2026`, `"trade_date":"2019`)),
    code: "calendar_uncovered",
  },
  { name: "wrong UTF-8", topic: "trades", value: new Uint8Array([0xff, 0xfe, 0]) },
];

for (const { name, topic, value, code } of REJECTED) {
  Deno.test(`decode() sets ${name} aside with code and text`, () => {
    const decoded = decode(record(topic, value), SETTINGS);
    assert(decoded.kind === "rejected");
    if (code) assert.equal(decoded.code, code);
    assert(decoded.code !== "" && decoded.text !== "");
    assert.equal(decoded.source.value, value);
  });
}

Deno.test("decode() keeps where a record came from, with the digest of its bytes", () => {
  const decoded = decode(record("trades", SEED_BOOKING), SETTINGS);
  assert(decoded.kind === "trade", JSON.stringify(decoded));
  const { topic, partition, offset, digest } = decoded.source;
  assert.deepEqual([topic, partition, offset], ["trades", 3, "41"]);
  assert.deepEqual(
    new Uint8Array(digest),
    new Uint8Array(createHash("sha256").update(SEED_BOOKING).digest()),
  );
});

Deno.test("decode() expects the settlement date by our own calendars, whatever the booking says", () => {
  const decoded = decode(record("trades", SEED_BOOKING), SETTINGS);
  assert(decoded.kind === "trade");
  assert.deepEqual([decoded.trade.settlementDate, decoded.expected.settlementDate], [
    "2026-11-25",
    "2026-11-24",
  ]);
});

Deno.test("decode() gives the same content the same hash, however it is spelled", () => {
  const other = bytes(
    new TextDecoder().decode(SEED_BOOKING).replace(`"quantity":1000`, `"quantity":"1000.00"`),
  );
  const [a, b] = [SEED_BOOKING, other].map((value) => decode(record("trades", value), SETTINGS));
  assert(a?.kind === "trade" && b?.kind === "trade");
  assert.equal(a.hash, b.hash);
  assert.match(a.hash, /^[0-9a-f]{64}$/);
});
