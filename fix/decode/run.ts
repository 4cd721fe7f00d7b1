/**
 * The loop of `fix:decode`: chunks of a log in, lines of text out, in constant memory.
 *
 * @module
 */

import {
  type DecodedMessage,
  decodeMessage,
  type Dictionaries,
  type LogEntry,
  LogReader,
} from "../../shared/fix/mod.ts";
import type { Options } from "./arguments.ts";
import { type Colours, garbledJson, messageJson, messageText } from "./show.ts";
import { Summary } from "./summary.ts";

/** @returns Whether every message was sound. */
export async function run(
  chunks: AsyncIterable<Uint8Array>,
  options: Options,
  dictionaries: Dictionaries,
  colours: Colours,
  write: (text: string) => Promise<void>,
): Promise<boolean> {
  const reader = new LogReader();
  const summary = new Summary();
  let isSound = true;
  const showsMessages = options.isJson || !options.isSummary;

  const take = async (entries: Iterable<LogEntry>) => {
    const lines: string[] = [];
    for (const entry of entries) {
      if (entry.kind === "garbled") {
        isSound = false;
        summary.addGarbled();
        const isWanted = options.msgType === undefined && options.tags.length === 0;
        if (showsMessages && isWanted) lines.push(garbledText(entry, options, colours));
        continue;
      }
      const message = decodeMessage(entry.bytes, entry.faults, dictionaries, undefined, options.parties);
      if (!message.ok) isSound = false;
      if (!isWanted(message, options)) continue;
      summary.add(message);
      if (showsMessages) lines.push(options.isJson ? messageJson(message) : messageText(message, colours));
    }
    if (lines.length > 0) await write(lines.join("\n") + "\n");
  };

  for await (const chunk of chunks) await take(reader.read(chunk));
  await take(reader.end());
  if (options.isSummary) await write(summary.text() + "\n");
  return isSound;
}

function isWanted(message: DecodedMessage, { errorsOnly, msgType, tags }: Options): boolean {
  if (errorsOnly && message.ok) return false;
  if (msgType !== undefined && message.msgType !== msgType) return false;
  return tags.every(([tag, value]) => message.fields.some((field) => field[0] === tag && field[1] === value));
}

function garbledText(entry: LogEntry & { kind: "garbled" }, { isJson }: Options, colours: Colours): string {
  if (isJson) return garbledJson(entry.text);
  return colours.fault(`line ${entry.line}: garbled: no FIX message in "${entry.text}"`) + "\n";
}
