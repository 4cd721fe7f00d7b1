/**
 * `deno task fix:dictionary`: fetches the QuickFIX/J jars and generates `shared/fix/generated` from the XML
 * inside.
 *
 * @module
 */

import { join } from "node:path";
import { parseArgs } from "node:util";
import { toSource } from "./to_source.ts";
import { readXml } from "./xml.ts";

const HELP = `Usage: deno task fix:dictionary

Generates shared/fix/generated from the FIX dictionaries of QuickFIX/J, which Maven fetches.
Needs Java 17 or newer and Maven.`;

const GENERATED = [
  { file: "fix42.ts", constant: "FIX42", version: "FIX.4.2", xml: "FIX42.xml" },
  { file: "fix44.ts", constant: "FIX44", version: "FIX.4.4", xml: "FIX44.xml" },
  { file: "fix50sp2.ts", constant: "FIX50SP2", version: "FIX.5.0SP2", xml: "FIX50SP2.xml" },
  { file: "fixt11.ts", constant: "FIXT11", version: "FIXT.1.1", xml: "FIXT11.xml" },
];

async function generate(): Promise<void> {
  const folder = join(import.meta.dirname!, "../../shared/fix/generated");
  const unpacked = await Deno.makeTempDir();
  try {
    await unpackXml(unpacked);
    for (const { file, constant, version, xml } of GENERATED) {
      const source = toSource(constant, version, readXml(await Deno.readTextFile(join(unpacked, xml))));
      await Deno.writeTextFile(join(folder, file), source);
      console.log(`wrote shared/fix/generated/${file}, ${source.length} bytes`);
    }
  } finally {
    await Deno.remove(unpacked, { recursive: true });
  }
}

/** The `*.modified.xml` beside them hold the changes of QuickFIX/J's own code generator. */
async function unpackXml(folder: string): Promise<void> {
  const { code, stdout } = await new Deno.Command("mvn", {
    args: [
      ...["--quiet", "--batch-mode", "--file", join(import.meta.dirname!, "pom.xml")],
      "dependency:unpack-dependencies",
      "-DexcludeTransitive=true",
      "-Dmdep.unpack.includes=FIX*.xml",
      "-Dmdep.unpack.excludes=*.modified.xml",
      `-DoutputDirectory=${folder}`,
      `-DmarkersDirectory=${join(folder, "markers")}`,
    ],
    stdout: "piped",
    stderr: "inherit",
  }).output();
  if (code !== 0) throw new Error(`Maven could not unpack the jars:\n${new TextDecoder().decode(stdout)}`);
}

if (parseArgs({ args: Deno.args, options: { help: { type: "boolean" } } }).values.help) {
  console.log(HELP);
} else {
  await generate();
}
