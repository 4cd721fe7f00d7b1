/**
 * Writes the files of this folder that come from code: `deno task docs`.
 *
 * @module
 */

import { join } from "node:path";
import { stringify } from "yaml";
import { schemaFiles } from "../shared/trade/async_api.ts";

for (const [name, text] of Object.entries(schemaFiles((value) => stringify(value, { lineWidth: 110 })))) {
  Deno.writeTextFileSync(join(import.meta.dirname!, name), text);
}
