import assert from "node:assert/strict";
import fc from "fast-check";
import { contractSymbol } from "./contracts.ts";
import { COUNTERPARTIES, counterpartyName } from "./counterparties.ts";
import { add, multiply, readAmount, subtract } from "./decimal.ts";
import { feesOf } from "./fees.ts";
import { INSTRUMENTS } from "./instruments.ts";
import { notionalOf } from "./notional.ts";
import { isCurrency, rateOf, toUsd } from "./rates.ts";
import { ASSET_CLASSES } from "./trade.ts";

const instrument = (symbol: string) => INSTRUMENTS.find((each) => each.symbol === symbol)!;

const NOTIONALS: { symbol: string; quantity: string; price: string; want: string; why: string }[] = [
  {
    symbol: "US912810TM09",
    quantity: "250000",
    price: "98.40625",
    want: "246015.63",
    why: "face x price / 100",
  },
  { symbol: "AAPL", quantity: "300", price: "268.41", want: "80523.00", why: "shares x price" },
  {
    symbol: "EUR/USD",
    quantity: "1000000",
    price: "1.16057",
    want: "1160570.00",
    why: "base to quote currency",
  },
  { symbol: "USD/JPY", quantity: "50000", price: "152.861", want: "7643050", why: "the yen has no decimals" },
  { symbol: "ES", quantity: "3", price: "6652.25", want: "997837.50", why: "multiplier 50" },
  { symbol: "CL", quantity: "2", price: "-37.63", want: "-75260.00", why: "1000 barrels, below zero" },
  { symbol: "AAPL", quantity: "0.333", price: "268.40", want: "89.38", why: "rounded half up" },
  { symbol: "SPX", quantity: "5", price: "84.20", want: "42100.00", why: "100 a contract" },
];

for (const { symbol, quantity, price, want, why } of NOTIONALS) {
  Deno.test(`notionalOf() of ${quantity} ${symbol} at ${price} is ${want}: ${why}`, () => {
    assert.equal(notionalOf(instrument(symbol), quantity, price), want);
  });
}

const FEES: { of: Parameters<typeof feesOf>; want: string[]; why: string }[] = [
  {
    of: ["bond", "250000", "246015.63"],
    want: ["24.60", "4.92", "0.00", "29.52"],
    why: "1 and 0.2 basis points",
  },
  {
    of: ["equity", "300", "80523.00"],
    want: ["16.10", "1.61", "2.42", "20.13"],
    why: "2, 0.2, 0.3 basis points",
  },
  { of: ["equity", "1", "268.40"], want: ["1.00", "0.01", "0.01", "1.02"], why: "at least a dollar" },
  { of: ["derivative", "3", "997837.50"], want: ["3.75", "0.30", "3.54", "7.59"], why: "by contract" },
  { of: ["commodity", "2", "122700.00"], want: ["3.00", "0.30", "3.20", "6.50"], why: "by contract" },
  {
    of: ["fx", "1000000", "1160570.00"],
    want: ["23.21", "1.16", "0.00", "24.37"],
    why: "0.2, 0.01 basis points",
  },
];

for (const { of, want, why } of FEES) {
  Deno.test(`feesOf() charges ${of[0]} ${want[3]}: ${why}`, () => {
    assert.deepEqual(Object.values(feesOf(...of)), want);
  });
}

Deno.test("feesOf() always adds up to its total", () => {
  const anyCents = fc.bigInt({ min: 1n, max: 10n ** 14n });
  fc.assert(fc.property(fc.constantFrom(...ASSET_CLASSES), anyCents, (assetClass, cents) => {
    const notionalUsd = multiply(String(cents), "0.01");
    const { brokerage, clearing, exchange, total } = feesOf(
      assetClass,
      String(cents % 10_000n + 1n),
      notionalUsd,
    );
    assert.equal(subtract(total, add(brokerage, clearing, exchange)), "0");
    for (const fee of [brokerage, clearing, exchange, total]) assert.match(fee, /^[0-9]+\.[0-9]{2}$/);
  }));
});

Deno.test("rateOf() takes the row of the day, and the first row for days before it", () => {
  const row = (asOf: string, EUR: string) => ({ asOf, source: "a test", usd: { USD: "1", EUR } });
  const rows = [row("2026-11-20", "1.1"), row("2026-11-23", "1.2")];
  const rates = ["2026-01-02", "2026-11-20", "2026-11-22", "2026-11-23", "2027-01-04"].map((day) =>
    rateOf("EUR", day, rows)
  );
  assert.deepEqual(rates.map(({ rate, asOf }) => `${rate} of ${asOf}`), [
    "1.1 of 2026-11-20",
    "1.1 of 2026-11-20",
    "1.1 of 2026-11-20",
    "1.2 of 2026-11-23",
    "1.2 of 2026-11-23",
  ]);
});

Deno.test("toUsd() rounds to cents and refuses what it has no rate for", () => {
  assert.equal(toUsd("1000", "USD"), "1000.00");
  assert.equal(toUsd("7643050", "JPY"), "50000.83");
  assert.throws(() => toUsd("1", "XXX"), RangeError);
});

Deno.test("INSTRUMENTS have unique symbols, prices on their tick, and a rate for their currency", () => {
  const keys = INSTRUMENTS.map(({ symbol, kind, right, strike }) => `${symbol} ${kind} ${right} ${strike}`);
  assert.equal(new Set(keys).size, keys.length);
  for (const { symbol, price, tick, currency } of INSTRUMENTS) {
    assert(isCurrency(currency), symbol);
    assert.equal(readAmount(price).kind, "amount");
    const [priceUnits, tickUnits] = [price, tick].map((amount) => BigInt(multiply(amount, "100000000")));
    assert.equal(priceUnits! % tickUnits!, 0n, `${symbol} at ${price} is not on its tick ${tick}`);
  }
  assert.deepEqual(new Set(INSTRUMENTS.map(({ assetClass }) => assetClass)), new Set(ASSET_CLASSES));
});

Deno.test("INSTRUMENTS name bonds by ISINs whose check digit is right", () => {
  for (const { symbol } of INSTRUMENTS.filter(({ assetClass }) => assetClass === "bond")) {
    assert.match(symbol, /^[A-Z]{2}[0-9A-Z]{9}[0-9]$/);
    assert.equal(luhnSum(symbol) % 10, 0, symbol);
  }
});

/** ISO 6166: letters become two digits, then every second digit from the right is doubled. */
function luhnSum(isin: string): number {
  const digits = [...isin].map((char) => String(parseInt(char, 36))).join("");
  return [...digits].reverse().reduce((sum, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
}

const CONTRACTS: { symbol: string; on: string; want: string }[] = [
  { symbol: "ES", on: "2026-11-23", want: "ESZ6" },
  { symbol: "ES", on: "2026-12-01", want: "ESH7" },
  { symbol: "CL", on: "2026-11-23", want: "CLF7" },
  { symbol: "GC", on: "2026-11-23", want: "GCZ6" },
  { symbol: "SPX", on: "2026-11-23", want: "SPX261218P06500000" },
  { symbol: "SPX", on: "2026-12-23", want: "SPX270115P06500000" },
  { symbol: "JPM", on: "2026-11-23", want: "JPM" },
];

for (const { symbol, on, want } of CONTRACTS) {
  Deno.test(`contractSymbol() of ${symbol} on ${on} is ${want}`, () => {
    assert.equal(contractSymbol(instrument(symbol), on), want);
  });
}

Deno.test("counterpartyName() names the eight brokers and keeps a CompID it does not know", () => {
  assert.equal(new Set(COUNTERPARTIES.map(({ compId }) => compId)).size, 8);
  assert.equal(counterpartyName("GSCO"), "Goldman Sachs");
  assert.equal(counterpartyName("XYZ"), "XYZ");
});
