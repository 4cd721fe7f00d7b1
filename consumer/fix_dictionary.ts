/**
 * The dictionaries that FIX messages are held to: the standard's, and what the file of FIX_DICTIONARY adds.
 *
 * @module
 */

import { Dictionaries, readOverlay } from "../shared/fix/mod.ts";
import { type Env, SettingError } from "../shared/platform/env.ts";

const BEGIN_STRING_BY_VERSION: ReadonlyMap<string, string> = new Map([["FIX.5.0SP2", "FIXT.1.1"]]);

/** @throws {SettingError} If there is no such file, or it holds no overlay of these dictionaries. */
export function readDictionaries(env: Env, readFile = Deno.readTextFileSync): Dictionaries {
  const path = env.get("FIX_DICTIONARY")?.trim();
  if (!path) return new Dictionaries();
  try {
    const overlays = readOverlay(readFile(path));
    const dictionaries = new Dictionaries(overlays);
    // A version is opened once now, so that what is wrong with it shows before the first message.
    for (const version of overlays.keys()) dictionaries.find(BEGIN_STRING_BY_VERSION.get(version) ?? version);
    return dictionaries;
  } catch (error) {
    const seen = (error as Error).message.replaceAll(/\s+/g, " ");
    throw new SettingError([`FIX_DICTIONARY "${path}" cannot be used: ${seen}`]);
  }
}
