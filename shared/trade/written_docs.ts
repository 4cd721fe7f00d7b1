/**
 * The files of docs/ that are written from code, so that they cannot say something else than the code does.
 *
 * @module
 */

import { stringify } from "yaml";
import { asyncApi } from "./async_api.ts";
import { referencePage } from "./reference_page.ts";
import { tradeSchema } from "./trade_schema.ts";

/** Text by file name. */
export function writtenDocs(): Readonly<Record<string, string>> {
  return {
    "trade.schema.json": `${JSON.stringify(tradeSchema(), null, 2)}\n`,
    "asyncapi.yaml": `# Written by \`deno task docs\` from shared/trade/async_api.ts.\n${yaml(asyncApi())}`,
    "REFERENCE.md": referencePage(),
  };
}

function yaml(value: unknown): string {
  return stringify(value, { lineWidth: 110 });
}
