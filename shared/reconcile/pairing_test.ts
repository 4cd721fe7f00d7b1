import assert from "node:assert/strict";
import fc from "fast-check";
import { type LooseBooking, type LooseFill, match, WINDOW_MS } from "./pairing.ts";
import { RULES } from "./testdata/sides.ts";

const fill = (key: string, changes: Partial<LooseFill> = {}): LooseFill => ({
  key,
  orderId: null,
  tradeDate: "2026-11-23",
  instrument: "AAPL",
  side: "buy",
  quantity: "100",
  price: "98.4",
  counterparty: "Citi",
  atMs: Number(key.slice(1)),
  ...changes,
});
const booking = (tradeId: string, changes: Partial<LooseBooking> = {}): LooseBooking => ({
  tradeId,
  orderId: null,
  execId: null,
  assetClass: "equity",
  tradeDate: "2026-11-23",
  instrument: "AAPL",
  side: "buy",
  quantity: "100",
  price: "98.4",
  counterparty: "Citi",
  atMs: Number(tradeId.slice(1)),
  ...changes,
});
const O = { orderId: "O" };

const CASES: { name: string; fills: LooseFill[]; bookings: LooseBooking[]; want: string[] }[] = [
  { name: "what agrees in all", fills: [fill("E1")], bookings: [booking("T1")], want: ["E1=T1 in 3"] },
  {
    name: "twins in the order of time",
    fills: [fill("E2"), fill("E1")],
    bookings: [booking("T2"), booking("T1")],
    want: ["E1=T1 in 3", "E2=T2 in 3"],
  },
  {
    name: "an instrument by another name",
    fills: [fill("E1", { instrument: "US0378331005", counterparty: "CITI" })],
    bookings: [booking("T1")],
    want: ["E1=T1 in 3"],
  },
  {
    name: "one order, whatever differs",
    fills: [fill("E1", O)],
    bookings: [booking("T1", { ...O, side: "sell", price: "1" })],
    want: ["E1=T1 in 2"],
  },
  {
    name: "within an order what agrees first",
    fills: [fill("E1", O), fill("E2", { ...O, price: "99" })],
    bookings: [booking("T1", { ...O, price: "99" }), booking("T2", { ...O, price: "98" })],
    want: ["E2=T1 in 2", "E1=T2 in 2"],
  },
  {
    name: "one wrong field",
    fills: [fill("E1")],
    bookings: [booking("T1", { side: "sell" })],
    want: ["E1=T1 in 4"],
  },
  {
    name: "one wrong field, but at another time",
    fills: [fill("E1")],
    bookings: [booking("T1", { side: "sell", atMs: WINDOW_MS + 2 })],
    want: ["E1? T1 side"],
  },
  {
    name: "no rivals among bookings",
    fills: [fill("E1")],
    bookings: [booking("T1", { side: "sell" }), booking("T2", { price: "1" })],
    want: ["E1? T1 side", "E1? T2 price"],
  },
  {
    name: "no rivals among fills",
    fills: [fill("E1"), fill("E2", { price: "98.5" })],
    bookings: [booking("T1", { price: "98.6" })],
    want: ["E1? T1 price", "E2? T1 price"],
  },
  {
    name: "nobody who states another execution",
    fills: [fill("E1")],
    bookings: [booking("T1", { execId: "E9" })],
    want: ["E1? T1 "],
  },
  {
    name: "a whole order in one booking as a block",
    fills: [fill("E1", O), fill("E2", { ...O, quantity: "50" })],
    bookings: [booking("T1", { ...O, quantity: "150" })],
    want: ["O: E1,E2 | T1"],
  },
  {
    name: "an order by accounts as a block",
    fills: [fill("E1", O), fill("E2", { ...O, price: "98.6" })],
    bookings: [booking("T1", { ...O, price: "98.5" }), booking("T2", { ...O, price: "98.5" })],
    want: ["O: E1,E2 | T1,T2"],
  },
  {
    name: "a booking of more than is filled yet as a block",
    fills: [fill("E1", O)],
    bookings: [booking("T1", { ...O, quantity: "300" })],
    want: ["O: E1 | T1"],
  },
];

for (const { name, fills, bookings, want } of CASES) {
  Deno.test(`match() takes ${name}`, () => {
    assert.deepEqual(textOf(match(fills, bookings, RULES)), want);
  });
}

function textOf({ pairs, blocks, candidates }: ReturnType<typeof match>): string[] {
  return [
    ...pairs.map(({ key, tradeId, pass }) => `${key}=${tradeId} in ${pass}`),
    ...blocks.map(({ orderId, keys, tradeIds }) => `${orderId}: ${keys} | ${tradeIds}`),
    ...[...candidates].flatMap(([key, list]) =>
      list.map(({ tradeId, differs }) => `${key}? ${tradeId} ${differs}`)
    ),
  ];
}

const anyOne = {
  orderId: fc.constantFrom(null, "O", "P"),
  side: fc.constantFrom("buy" as const, "sell" as const),
  quantity: fc.constantFrom("100", "200"),
  price: fc.constantFrom("98.4", "99"),
  atMs: fc.nat(3),
};
const anyFills = fc.array(fc.record(anyOne), { maxLength: 5 })
  .map((all) => all.map((one, index) => fill(`E${index}`, one)));
const anyBookings = fc.array(fc.record({ ...anyOne, execId: fc.constantFrom(null, null, "E9") }), {
  maxLength: 5,
})
  .map((all) => all.map((one, index) => booking(`T${index}`, one)));

Deno.test("match() is one to one, overrules no stated identity, and does not depend on the order", () => {
  fc.assert(fc.property(anyFills, anyBookings, (fills, bookings) => {
    const found = match(fills, bookings, RULES);
    const keys = [...found.pairs.map(({ key }) => key), ...found.blocks.flatMap(({ keys }) => keys)];
    const tradeIds = [
      ...found.pairs.map(({ tradeId }) => tradeId),
      ...found.blocks.flatMap(({ tradeIds }) => tradeIds),
    ];
    assert.equal(new Set(keys).size, keys.length);
    assert.equal(new Set(tradeIds).size, tradeIds.length);
    for (const { tradeId, execId } of bookings) assert(execId === null || !tradeIds.includes(tradeId));
    const turned = match(fills.toReversed(), bookings.toReversed(), RULES);
    assert.deepEqual(textOf(turned).toSorted(), textOf(found).toSorted());
  }));
});
