/**
 * Writes the files of this folder that come from code: `deno task docs`.
 *
 * @module
 */

import { join } from "node:path";
import { writtenDocs } from "../shared/trade/written_docs.ts";

for (const [name, text] of Object.entries(writtenDocs())) {
  Deno.writeTextFileSync(join(import.meta.dirname!, name), text);
}
