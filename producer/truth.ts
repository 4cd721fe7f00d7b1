/**
 * The answer key's file: one JSON line for each fault that was sent, on disk when it is closed.
 *
 * @module
 */

import { SettingError } from "../shared/platform/env.ts";
import type { Fault } from "./faults.ts";

export interface AnswerKey {
  write(faults: readonly Fault[]): void;
  close(): void;
}

export const NO_ANSWER_KEY: AnswerKey = { write() {}, close() {} };

/**
 * Replaces the file.
 *
 * @throws {SettingError} If it cannot be written there.
 */
export function openAnswerKey(path: string): AnswerKey {
  const file = openFile(path);
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

function openFile(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path, { write: true, create: true, truncate: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new SettingError([`--truth ${path}: there is no such folder`]);
    }
    throw new SettingError([`--truth ${path} cannot be written: ${(error as Error).message}`]);
  }
}
