import assert from "node:assert/strict";
import fc from "fast-check";
import { COMPARED_TYPES } from "./compare.ts";
import { BOOK, RULES, STREET } from "./testdata/sides.ts";
import { type Half, judge, type Pair } from "./verdict.ts";

const ABSENT = { state: "absent" } as const;
const GONE = { state: "gone" } as const;
const live = <T>(says: T): Half<T> => ({ state: "live", says });
const OURS = live(BOOK);
const THEIRS = live(STREET);
const DEARER = live({ ...STREET, price: "99" });

type Sides = Pick<Pair, "book" | "street" | "repeats">;

const HOLDS: { name: string; pair: Sides; want: string[] }[] = [
  { name: "nothing of a pair that agrees", pair: { book: OURS, street: THEIRS }, want: [] },
  { name: "a price that differs", pair: { book: OURS, street: DEARER }, want: ["price"] },
  { name: "nothing of one side alone", pair: { book: OURS, street: ABSENT }, want: [] },
  { name: "a bust that the book still has", pair: { book: OURS, street: GONE }, want: ["bust"] },
  { name: "an execution that the book cancelled", pair: { book: GONE, street: THEIRS }, want: ["bust"] },
  { name: "nothing once both are cancelled", pair: { book: GONE, street: GONE }, want: [] },
  { name: "nothing of a cancelled booking alone", pair: { book: GONE, street: ABSENT }, want: [] },
  {
    name: "a booking that repeats another",
    pair: { book: OURS, street: ABSENT, repeats: { side: "book", id: "T-2", of: "T-1" } },
    want: ["duplicate"],
  },
  {
    name: "nothing of a repeated booking once it is cancelled",
    pair: { book: GONE, street: ABSENT, repeats: { side: "book", id: "T-2", of: "T-1" } },
    want: [],
  },
];

for (const { name, pair, want } of HOLDS) {
  Deno.test(`judge() holds ${name}`, () => {
    assert.deepEqual(judge({ ...pair, open: [] }, RULES).holds.map(({ type }) => type), want);
  });
}

const CLOSES: { name: string; type: string; pair: Sides; want: string | undefined }[] = [
  {
    name: "closes a late arrival",
    type: "missing_street",
    pair: { book: OURS, street: THEIRS },
    want: "the execution arrived late",
  },
  {
    name: "closes a late booking",
    type: "missing_book",
    pair: { book: OURS, street: THEIRS },
    want: "the booking arrived late",
  },
  {
    name: "keeps what is still missing",
    type: "missing_street",
    pair: { book: OURS, street: ABSENT },
    want: undefined,
  },
  {
    name: "closes a price that was corrected",
    type: "price",
    pair: { book: OURS, street: THEIRS },
    want: "both sides now agree",
  },
  {
    name: "keeps a price that differs",
    type: "price",
    pair: { book: OURS, street: DEARER },
    want: undefined,
  },
  {
    name: "closes a cancelled booking's",
    type: "price",
    pair: { book: GONE, street: THEIRS },
    want: "the booking was cancelled",
  },
  {
    name: "leaves what the source reports alone",
    type: "reported",
    pair: { book: OURS, street: THEIRS },
    want: undefined,
  },
  {
    name: "closes what was missing in the book of a busted execution",
    type: "missing_book",
    pair: { book: ABSENT, street: GONE },
    want: "the execution was busted",
  },
  {
    name: "keeps a bust that the book still has",
    type: "bust",
    pair: { book: OURS, street: GONE },
    want: undefined,
  },
  {
    name: "closes a bust when the booking is cancelled too",
    type: "bust",
    pair: { book: GONE, street: GONE },
    want: "both sides were cancelled",
  },
  {
    name: "closes the price of a busted execution",
    type: "price",
    pair: { book: OURS, street: GONE },
    want: "the execution was busted",
  },
  {
    name: "closes a duplicate whose original was cancelled",
    type: "duplicate",
    pair: { book: OURS, street: THEIRS },
    want: "it is the only one now",
  },
];

for (const { name, type, pair, want } of CLOSES) {
  Deno.test(`judge() ${name}`, () => {
    const { closes, late } = judge({ ...pair, open: [{ id: "1", version: "1", type }] }, RULES);
    assert.equal(closes[0]?.reason, want);
    assert.equal(late, want?.endsWith("late") ? want : null);
  });
}

Deno.test("judge() never both holds and closes one type, and leaves none it judges undecided", () => {
  const anyBook = fc.oneof(fc.constant(ABSENT), fc.constant(GONE), fc.constant(OURS));
  const anyStreet = fc.oneof(
    fc.constant(ABSENT),
    fc.constant(GONE),
    fc.record({
      price: fc.constantFrom("98.4", "99"),
      quantity: fc.constantFrom("100", "1"),
      settlementDate: fc.constantFrom(null, "2026-11-24", "2026-11-25"),
      brokerageFee: fc.constantFrom(null, "1.97", "2"),
    }).map((changes) => live({ ...STREET, ...changes })),
  );
  const anyOpen = fc.subarray([...COMPARED_TYPES, "bust", "duplicate"]);
  fc.assert(fc.property(anyBook, anyStreet, anyOpen, (book, street, types) => {
    const open = types.map((type, index) => ({ id: String(index), version: "1", type }));
    const { holds, closes } = judge({ book, street, open }, RULES);
    for (const { id, type } of open) {
      const closed = closes.some((one) => one.id === id);
      assert.equal(closed, !holds.some((difference) => difference.type === type));
    }
  }));
});
