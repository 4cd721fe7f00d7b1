/**
 * The answer key's file: one JSON line for each fault that was sent, on disk when it is closed.
 *
 * @module
 */

import type { Fault } from "./faults.ts";

export interface AnswerKey {
  write(faults: readonly Fault[]): void;
  close(): void;
}

export const NO_ANSWER_KEY: AnswerKey = { write() {}, close() {} };

/** Replaces the file. */
export function openAnswerKey(path: string): AnswerKey {
  const file = Deno.openSync(path, { write: true, create: true, truncate: true });
  const utf8 = new TextEncoder();
  return {
    write(faults) {
      let rest = utf8.encode(faults.map((fault) => `${JSON.stringify(fault)}\n`).join(""));
      while (rest.length > 0) rest = rest.subarray(file.writeSync(rest));
    },
    close() {
      file.syncSync();
      file.close();
    },
  };
}
