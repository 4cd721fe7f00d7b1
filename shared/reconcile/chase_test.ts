import assert from "node:assert/strict";
import { type ChaseFacts, toChase } from "./chase.ts";

const TERMS = {
  instrument: "AAPL",
  side: "buy",
  quantity: "100",
  price: "271.50",
  currency: "USD",
  tradeDate: "2026-11-23",
  settlementDate: "2026-11-24",
};

const FACTS: ChaseFacts = {
  id: 7,
  type: "price",
  field: "price",
  book: "271.50",
  street: "272.50",
  counterparty: "Citi",
  notionalUsd: "27150.00",
  businessDate: "2026-11-23",
  ageBusinessDays: 1,
  trade: { ...TERMS, tradeId: "T-1" },
  execution: { ...TERMS, price: "272.50", execId: "E-1", brokerOrderId: "B-1" },
  block: null,
};

Deno.test("toChase() writes a whole e-mail", () => {
  assert.deepEqual(toChase(FACTS), {
    to: "Citi",
    subject: "Break 7: price, buy 100 AAPL, 2026-11-23",
    text: `To: Citi, trade support

Our record of the trade below and yours differ in the price.

  Our trade        T-1
  Your execution   E-1
  Your order       B-1
  Instrument       AAPL
  We               buy 100 at 271.50 USD
  Trade date       2026-11-23
  Settlement date  2026-11-24
  Value in USD     27150.00
  Open since       2026-11-23 (1 business day)

  We have as price   271.50
  You have as price  272.50
  Difference         1

Please check your record and send us a correction, or the reason why yours stands.

Please quote break 7 in your answer.

Kind regards
Middle office`,
  });
});

const CASES: { name: string; facts: Partial<ChaseFacts>; says: RegExp; not?: RegExp }[] = [
  {
    name: "a side that is missing on the street",
    facts: { type: "missing_street", field: null, book: "100 @ 271.50", street: null, execution: null },
    says:
      /Your execution +none[^]*We have +100 @ 271.50\n +You have +nothing\n\nPlease send the execution report/,
    not: /Difference/,
  },
  {
    name: "a side that is missing in the book",
    facts: { type: "missing_book", field: null, book: null, street: "100 @ 271.50", trade: null },
    says: /we have no trade for it[^]*Our trade +none[^]*We +buy 100 at 272.50 USD[^]*We have +nothing/,
  },
  {
    name: "words that differ, without a difference to count",
    facts: { type: "side", field: "side", book: "buy", street: "sell" },
    says: /differ in the side[^]*We have as side +buy\n +You have as side +sell/,
    not: /Difference/,
  },
  {
    name: "a settlement that failed, without values of its own",
    facts: { type: "settlement_fail", field: null, book: null, street: null, ageBusinessDays: 3 },
    says: /has failed to settle[^]*\(3 business days\)\n\nPlease tell us the reason/,
    not: /We have/,
  },
  {
    name: "an execution too many",
    facts: { type: "duplicate", field: "exec_id", book: null, street: "E-1", trade: null },
    says: /appears twice[^]*We have +nothing\n +You have +E-1/,
  },
  {
    name: "an order in sum, with its fills",
    facts: {
      type: "quantity",
      field: "quantity",
      book: "300",
      street: "1200",
      execution: null,
      block: { tradeIds: ["T-1"], execIds: Array.from({ length: 12 }, (_, n) => `E-${n}`) },
    },
    says: /Our trade +T-1\n +Your execution +E-0, E-1, [^\n]*, E-9 and 2 more\n[^]*Difference +900/,
  },
  {
    name: "a type it has no words for",
    facts: { type: "reported", field: "status", book: "mismatch", street: null },
    says: /Our record of the trade below and yours differ\./,
  },
];

for (const { name, facts, says, not } of CASES) {
  Deno.test(`toChase() asks about ${name}`, () => {
    const { text } = toChase({ ...FACTS, ...facts });
    assert.match(text, says);
    if (not) assert.doesNotMatch(text, not);
    assert.doesNotMatch(text, /null|undefined/);
  });
}
