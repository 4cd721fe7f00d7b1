import assert from "node:assert/strict";
import fc from "fast-check";
import { compare, judge, type Pair, type PairSide } from "./compare.ts";

const side = (quantity: string, price: string): PairSide => ({ quantity, price });

const CASES: { name: string; book: PairSide; street: PairSide; want: string[] }[] = [
  { name: "equal sides", book: side("100", "98.4"), street: side("100", "98.4"), want: [] },
  { name: "another scale", book: side("100.00", "98.40"), street: side("100", "98.4"), want: [] },
  { name: "a price one tick off", book: side("100", "98.41"), street: side("100", "98.4"), want: ["price"] },
  {
    name: "a last decimal a float loses",
    book: side("1", "0.10000000"),
    street: side("1", "0.10000001"),
    want: ["price"],
  },
  { name: "transposed digits", book: side("520", "7"), street: side("250", "7"), want: ["quantity"] },
  { name: "both", book: side("1", "2"), street: side("2", "1"), want: ["price", "quantity"] },
];

for (const { name, book, street, want } of CASES) {
  Deno.test(`compare() with ${name} finds [${want}]`, () => {
    assert.deepEqual(compare(book, street).map(({ type }) => type), want);
  });
}

const LIVE = side("100", "98.4");
const VERDICTS: {
  name: string;
  type: string;
  pair: Pick<Pair, "book" | "street"> & { busted?: boolean };
  want: string | undefined;
}[] = [
  {
    name: "closes a late arrival",
    type: "missing_street",
    pair: { book: LIVE, street: LIVE },
    want: "the execution arrived late",
  },
  {
    name: "closes a late booking",
    type: "missing_book",
    pair: { book: LIVE, street: LIVE },
    want: "the booking arrived late",
  },
  {
    name: "keeps what is still missing",
    type: "missing_street",
    pair: { book: LIVE, street: null },
    want: undefined,
  },
  {
    name: "closes a price that was corrected",
    type: "price",
    pair: { book: LIVE, street: LIVE },
    want: "both sides now agree",
  },
  {
    name: "keeps a price that differs",
    type: "price",
    pair: { book: LIVE, street: side("100", "9") },
    want: undefined,
  },
  {
    name: "closes a cancelled booking's",
    type: "price",
    pair: { book: null, street: LIVE },
    want: "the booking was cancelled",
  },
  {
    name: "leaves what the source reports alone",
    type: "reported",
    pair: { book: LIVE, street: LIVE },
    want: undefined,
  },
  {
    name: "closes what was missing in the book of a busted execution",
    type: "missing_book",
    pair: { book: null, street: null, busted: true },
    want: "the execution was busted",
  },
  {
    name: "keeps a bust that the book still has",
    type: "bust",
    pair: { book: LIVE, street: null, busted: true },
    want: undefined,
  },
  {
    name: "closes a bust when the booking is cancelled too",
    type: "bust",
    pair: { book: null, street: null, busted: true },
    want: "the booking was cancelled",
  },
  {
    name: "closes the price of a busted execution",
    type: "price",
    pair: { book: LIVE, street: null, busted: true },
    want: "the execution was busted",
  },
];

for (const { name, type, pair, want } of VERDICTS) {
  Deno.test(`judge() ${name}`, () => {
    const { closes } = judge({ busted: false, ...pair, open: [{ id: "1", version: "1", type }] });
    assert.equal(closes[0]?.reason, want);
  });
}

Deno.test("judge() never both holds and closes one type", () => {
  const anySide = fc.option(fc.record({
    quantity: fc.integer({ min: 1, max: 3 }).map(String),
    price: fc.integer({ min: 1, max: 3 }).map(String),
  }));
  fc.assert(fc.property(anySide, anySide, fc.subarray(["price", "quantity"]), (book, street, types) => {
    const open = types.map((type, index) => ({ id: String(index), version: "1", type }));
    const { holds, closes } = judge({ book, street, busted: false, open });
    for (const { id } of closes) assert(!holds.some(({ type }) => type === open[Number(id)]!.type));
    for (const { type } of open) {
      const closed = closes.some(({ id }) => open[Number(id)]!.type === type);
      assert.equal(closed, !holds.some((difference) => difference.type === type));
    }
  }));
});

Deno.test("judge() holds a bust while the book still has the trade", () => {
  const { holds } = judge({ book: LIVE, street: null, busted: true, open: [] });
  assert.deepEqual(holds.map(({ type }) => type), ["bust"]);
});
