import assert from "node:assert/strict";
import { join } from "node:path";
import { readTrade } from "./read_trade.ts";
import { tradeSchema } from "./trade_schema.ts";
import { TRADE_FIELDS, type TradeField } from "./trade_fields.ts";
import { writtenDocs } from "./written_docs.ts";

type Properties = Record<string, { type: string | string[]; pattern?: string }>;

const DOCS = join(import.meta.dirname!, "../../docs");
const properties = tradeSchema().properties as unknown as Properties;

for (const [name, text] of Object.entries(writtenDocs())) {
  Deno.test(`writtenDocs() are in docs/${name}: run deno task docs`, () => {
    assert.equal(Deno.readTextFileSync(join(DOCS, name)), text);
  });
}

Deno.test("tradeSchema() has examples that the reader accepts", () => {
  for (const example of tradeSchema().examples as unknown[]) {
    assert.equal(readTrade(new TextEncoder().encode(JSON.stringify(example))).kind, "trade");
  }
});

Deno.test("tradeSchema() accepts each word that the reader accepts, in any case", () => {
  for (const [name, { words, kind }] of Object.entries<TradeField>(TRADE_FIELDS)) {
    if (words === undefined || kind === "text") continue;
    const pattern = new RegExp(properties[name]!.pattern!);
    for (const word of Object.keys(words)) {
      assert.match(word, pattern);
      assert.match(word.toUpperCase(), pattern);
    }
  }
  assert.match("Break - Missing Trade", new RegExp(properties.status!.pattern!));
  assert.doesNotMatch("Broken", new RegExp(properties.status!.pattern!));
});
