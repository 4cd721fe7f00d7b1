/**
 * What `fix:decode` was asked for.
 *
 * @module
 */

import { parseArgs } from "node:util";

export const HELP = `Usage: deno task fix:decode [options] [FILE|-]

Decodes and checks the FIX messages of a file or of the standard input: raw ones or those of a log, with SOH,
| or ^A, one or many a line, behind any prefix.

  --json             one line of JSON a message
  --errors-only      only messages that have errors
  --type 8           only messages of this MsgType (35)
  --tag 55=AAPL      only messages with this field; may be repeated
  --session A,B      the CompIDs of a session's two sides: messages between others have a fault, and those sent
                     again that say they were first sent later
  --summary          counts by message type, error and session, and gaps in sequence numbers, at the end;
                     without --json instead of the messages
  --dictionary FILE  a broker's own tags and messages, as JSON; preset by FIX_DICTIONARY
  --help             this text

Exit code: 0 all messages are sound, 1 some are not, 2 wrong usage or unreadable input.`;

export interface Options {
  readonly isHelp: boolean;
  readonly isJson: boolean;
  readonly errorsOnly: boolean;
  readonly isSummary: boolean;
  readonly msgType: string | undefined;
  readonly tags: readonly (readonly [tag: number, value: string])[];
  readonly dictionaryPath: string | undefined;
  readonly parties: readonly [string, string] | undefined;
  /** `-` is the standard input. */
  readonly path: string;
}

/** The command line cannot be read; the text says what to do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** @throws {UsageError} If an option is unknown or has a wrong value. */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parse(args);
  if (positionals.length > 1) throw new UsageError(`one FILE at a time, not "${positionals.join(" ")}"`);
  return {
    isHelp: values.help ?? false,
    isJson: values.json ?? false,
    errorsOnly: values["errors-only"] ?? false,
    isSummary: values.summary ?? false,
    msgType: values.type,
    tags: (values.tag ?? []).map(readTag),
    dictionaryPath: values.dictionary,
    parties: values.session === undefined ? undefined : readParties(values.session),
    path: positionals[0] ?? "-",
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        help: { type: "boolean" },
        json: { type: "boolean" },
        "errors-only": { type: "boolean" },
        summary: { type: "boolean" },
        type: { type: "string" },
        tag: { type: "string", multiple: true },
        dictionary: { type: "string" },
        session: { type: "string" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readParties(text: string): readonly [string, string] {
  const [one, other, ...more] = text.split(",").map((part) => part.trim());
  if (!one || !other || more.length > 0) throw new UsageError(`--session is two CompIDs, A,B, not "${text}"`);
  return [one, other];
}

function readTag(text: string): readonly [number, string] {
  const [, tag, value] = /^(\d{1,9})=(.*)$/.exec(text) ?? [];
  if (tag === undefined) throw new UsageError(`--tag is TAG=VALUE, not "${text}"`);
  return [Number(tag), value!];
}
