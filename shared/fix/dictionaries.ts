/**
 * Which dictionary a message is read with.
 *
 * @module
 */

import { Dictionary } from "./dictionary.ts";
import type { DictionarySource } from "./dictionary_source.ts";
import { FIX42 } from "./generated/fix42.ts";
import { FIX44 } from "./generated/fix44.ts";
import { FIX50SP2 } from "./generated/fix50sp2.ts";
import { FIXT11 } from "./generated/fixt11.ts";
import { checkOverlay, readOverlay } from "./overlay.ts";

/** A broker's own tags and messages by version, as {@link readOverlay} makes them. */
export type Overlays = ReadonlyMap<string, DictionarySource>;

/** ApplVerID (1128): the application version inside a session of FIXT 1.1. */
const APPLICATION_BY_APPL_VER_ID: ReadonlyMap<string, DictionarySource> = new Map([
  ["4", FIX42],
  ["6", FIX44],
]);

/** Opens each version's dictionary once, at its first message. */
export class Dictionaries {
  readonly #overlays: Overlays;
  readonly #opened = new Map<string, Dictionary>();
  /** Neighbouring messages nearly always ask for the same. */
  #lastBeginString = "";
  #lastApplVerId: string | undefined;
  #last: Dictionary | undefined;

  constructor(overlays: Overlays = new Map()) {
    this.#overlays = overlays;
  }

  /** @returns undefined for a version that has no dictionary here. */
  find(beginString: string, applVerId?: string): Dictionary | undefined {
    if (beginString === this.#lastBeginString && applVerId === this.#lastApplVerId) return this.#last;
    this.#last = this.#find(beginString, applVerId);
    this.#lastBeginString = beginString;
    this.#lastApplVerId = applVerId;
    return this.#last;
  }

  #find(beginString: string, applVerId: string | undefined): Dictionary | undefined {
    if (beginString === "FIX.4.4") return this.#open("FIX.4.4", [FIX44]);
    if (beginString === "FIX.4.2") return this.#open("FIX.4.2", [FIX42]);
    if (beginString !== "FIXT.1.1") return undefined;
    const application = APPLICATION_BY_APPL_VER_ID.get(applVerId ?? "") ?? FIX50SP2;
    return this.#open(
      application.version,
      [FIXT11, { ...application, header: "", trailer: "" }],
      "FIXT.1.1/",
    );
  }

  #open(version: string, sources: DictionarySource[], prefix = ""): Dictionary {
    const key = prefix + version;
    const opened = this.#opened.get(key);
    if (opened !== undefined) return opened;
    const overlay = this.#overlays.get(version);
    const dictionary = new Dictionary(version, overlay === undefined ? sources : [...sources, overlay]);
    if (overlay !== undefined) checkOverlay(dictionary, overlay);
    this.#opened.set(key, dictionary);
    return dictionary;
  }
}

const BEGIN_STRING_BY_VERSION: ReadonlyMap<string, string> = new Map([["FIX.5.0SP2", "FIXT.1.1"]]);

/**
 * @param overlay The text of a broker's overlay; null for the standard's tags alone.
 * @throws {SyntaxError} As {@link readOverlay}, and if it names what no field defines.
 */
export function openDictionaries(overlay: string | null): Dictionaries {
  if (overlay === null) return new Dictionaries();
  const overlays = readOverlay(overlay);
  const dictionaries = new Dictionaries(overlays);
  // A version is opened once now, so that what is wrong with it shows before the first message.
  for (const version of overlays.keys()) dictionaries.find(BEGIN_STRING_BY_VERSION.get(version) ?? version);
  return dictionaries;
}
