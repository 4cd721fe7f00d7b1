import { canonical } from "./canonical.ts";
import { readTrade } from "./read_trade.ts";
import { TRADE_FIELD_NAMES, TRADE_FIELDS } from "./trade_fields.ts";

const record = Object.fromEntries(TRADE_FIELD_NAMES.map((name) => [name, TRADE_FIELDS[name].example]));
const numbers = Object.fromEntries(TRADE_FIELD_NAMES.map((name) => {
  const { kind, example } = TRADE_FIELDS[name];
  return [name, kind === "amount" ? Number(example) : example];
}));
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const withText = bytes(record);
const withNumbers = bytes(numbers);
const read = readTrade(withText);
if (read.kind !== "trade") throw new Error(read.text);

Deno.bench("readTrade(), amounts as text", () => {
  readTrade(withText);
});

Deno.bench("readTrade(), amounts as numbers", () => {
  readTrade(withNumbers);
});

Deno.bench("canonical()", () => {
  canonical(read.trade);
});
