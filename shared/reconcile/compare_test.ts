import assert from "node:assert/strict";
import { type BookSide, compare, type StreetSide } from "./compare.ts";
import { BOOK, RULES, STREET } from "./testdata/sides.ts";

const CASES: { name: string; book?: Partial<BookSide>; street?: Partial<StreetSide>; want: string[] }[] = [
  { name: "equal sides", want: [] },
  { name: "another scale", book: { quantity: "100.00", price: "98.40" }, want: [] },
  { name: "a price one tick off", book: { price: "98.41" }, want: ["price: 98.41 / 98.4"] },
  {
    name: "a last decimal a float loses",
    book: { price: "0.10000000" },
    street: { price: "0.10000001" },
    want: ["price: 0.10000000 / 0.10000001"],
  },
  {
    name: "transposed digits",
    book: { quantity: "520" },
    street: { quantity: "250" },
    want: ["quantity: 520 / 250"],
  },
  { name: "a sell booked as a buy", street: { side: "sell" }, want: ["side: buy / sell"] },
  { name: "another instrument", street: { instrument: "MSFT" }, want: ["instrument: AAPL / MSFT"] },
  { name: "the instrument's ISIN", street: { instrument: "US0378331005" }, want: [] },
  { name: "the instrument's CUSIP", book: { instrument: "037833100" }, want: [] },
  { name: "another broker", street: { counterparty: "Citi" }, want: ["counterparty: Goldman Sachs / Citi"] },
  { name: "the broker's CompID", book: { counterparty: "gsco" }, want: [] },
  { name: "another currency", street: { currency: "EUR" }, want: ["currency: USD / EUR"] },
  {
    name: "the currency that a pair is dealt in",
    book: { assetClass: "fx", instrument: "EUR/USD" },
    street: { instrument: "EURUSD", currency: "EUR" },
    want: [],
  },
  {
    name: "a currency that is none of the pair's",
    book: { assetClass: "fx", instrument: "EUR/USD" },
    street: { instrument: "EUR/USD", currency: "CHF" },
    want: ["currency: USD / CHF"],
  },
  {
    name: "another day",
    street: { settlementDate: "2026-11-25" },
    want: ["settlement_date: 2026-11-24 / 2026-11-25"],
  },
  {
    name: "nothing but what a fill must have",
    street: {
      currency: null,
      settlementDate: null,
      brokerageFee: null,
      clearingFee: null,
      exchangeFee: null,
    },
    want: [],
  },
  { name: "a fee one cent off", street: { brokerageFee: "1.98" }, want: [] },
  { name: "a fee two cents off", street: { brokerageFee: "1.99" }, want: ["brokerage_fee: 1.97 / 1.99"] },
  {
    name: "two fees off, and one not stated",
    street: { brokerageFee: "19.7", clearingFee: null, exchangeFee: "0" },
    want: ["brokerage_fee, exchange_fee: 1.97, 0.30 / 19.7, 0"],
  },
  {
    name: "everything wrong",
    book: { side: "sell", price: "1", quantity: "2" },
    street: { instrument: "KO", counterparty: "UBS" },
    want: [
      "side: sell / buy",
      "instrument: AAPL / KO",
      "counterparty: Goldman Sachs / UBS",
      "quantity: 2 / 100",
      "price: 1 / 98.4",
    ],
  },
];

for (const { name, book, street, want } of CASES) {
  Deno.test(`compare() with ${name} finds [${want.join("; ")}]`, () => {
    const found = compare({ ...BOOK, ...book }, { ...STREET, ...street }, RULES);
    assert.deepEqual(found.map(({ field, book, street }) => `${field}: ${book} / ${street}`), want);
  });
}

Deno.test("compare() names the tolerance that was not kept", () => {
  const [fees] = compare(BOOK, { ...STREET, exchangeFee: "9" }, RULES);
  assert.equal(fees!.toleranceId, "4");
});

const EXPECTED: { name: string; book?: Partial<BookSide>; street?: Partial<StreetSide>; want: string }[] = [
  { name: "the street's date is wrong", street: { settlementDate: "2026-11-25" }, want: "2026-11-24 street" },
  { name: "the book's date is wrong", book: { settlementDate: "2026-11-25" }, want: "2026-11-24 book" },
  {
    name: "both dates are wrong",
    book: { settlementDate: "2026-11-25" },
    street: { settlementDate: "2026-11-26" },
    want: "2026-11-24 both",
  },
  {
    name: "we do not know the market",
    book: { expectedSettlementDate: null },
    street: { settlementDate: "2026-11-25" },
    want: "null null",
  },
  { name: "the street's fee is wrong", street: { brokerageFee: "5" }, want: "1.97 street" },
  { name: "a price alone differs", street: { price: "5" }, want: "null null" },
];

for (const { name, book, street, want } of EXPECTED) {
  Deno.test(`compare() says what we expect ourselves when ${name}`, () => {
    const [found] = compare({ ...BOOK, ...book }, { ...STREET, ...street }, RULES);
    assert.equal(`${found!.expected} ${found!.differs}`, want);
  });
}
