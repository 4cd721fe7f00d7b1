/**
 * The dictionaries that FIX messages are held to: the standard's, and what the file of FIX_DICTIONARY adds.
 *
 * @module
 */

import { type Dictionaries, openDictionaries } from "../shared/fix/mod.ts";
import { type Env, fromFile } from "../shared/platform/env.ts";

/** @throws {SettingError} If there is no such file, or it holds no overlay of these dictionaries. */
export function readDictionaries(env: Env, readFile = Deno.readTextFileSync): Dictionaries {
  return fromFile(env, "FIX_DICTIONARY", openDictionaries, readFile);
}
