/**
 * Cuts a stream into messages, however its bytes were split and joined on the way.
 *
 * FIX 4.4, volume 2, "Garbled messages": one is ignored, and reading goes on at the next that begins with
 * `8=FIX`. Its sequence number stays missing, which makes the session ask for it again.
 *
 * @module
 */

import {
  findBeginString,
  type GarbledReason,
  garbledReason,
  MESSAGE_BYTES_MAX,
  PARTIAL,
  scanFrame,
} from "./frame.ts";

export type StreamEvent =
  /** `bytes` is only good until the next call. */
  | { kind: "frame"; bytes: Uint8Array }
  /** Told once for each stretch of rubbish, when it begins. */
  | { kind: "garbled"; reason: GarbledReason };

const FIRST_BYTES = 64 * 1024;

/** Keeps at most one unfinished message of {@link MESSAGE_BYTES_MAX} and the chunk it was given. */
export class StreamFramer {
  #buffer = new Uint8Array(FIRST_BYTES);
  #start = 0;
  #end = 0;
  #isSkipping = false;

  /** Takes the next bytes and yields what they complete. */
  *read(chunk: Uint8Array): Generator<StreamEvent> {
    for (let at = 0; at < chunk.length; at += MESSAGE_BYTES_MAX) {
      this.#append(chunk.subarray(at, at + MESSAGE_BYTES_MAX));
      yield* this.#drain();
    }
  }

  *#drain(): Generator<StreamEvent> {
    while (this.#start < this.#end) {
      if (this.#isSkipping && !this.#skip()) return;
      const answer = scanFrame(this.#buffer, this.#start, this.#end);
      if (answer === PARTIAL) return;
      if (answer > 0) {
        const bytes = this.#buffer.subarray(this.#start, answer);
        this.#start = answer;
        yield { kind: "frame", bytes };
      } else {
        this.#start++;
        this.#isSkipping = true;
        yield { kind: "garbled", reason: garbledReason(answer) };
      }
    }
  }

  /** Moves on to where a message begins; false while the buffer does not show a whole `8=FIX`. */
  #skip(): boolean {
    this.#start = findBeginString(this.#buffer, this.#start, this.#end);
    this.#isSkipping = this.#end - this.#start < "8=FIX".length;
    return !this.#isSkipping;
  }

  #append(chunk: Uint8Array): void {
    const kept = this.#end - this.#start;
    if (this.#end + chunk.length > this.#buffer.length) {
      const target = kept + chunk.length <= this.#buffer.length
        ? this.#buffer
        : new Uint8Array((kept + chunk.length) * 2);
      target.set(this.#buffer.subarray(this.#start, this.#end));
      this.#buffer = target;
      this.#start = 0;
      this.#end = kept;
    }
    this.#buffer.set(chunk, this.#end);
    this.#end += chunk.length;
  }
}
