/**
 * A place in a list, as text that callers pass back unread.
 *
 * @module
 */

import { BadRequestError } from "./problem.ts";

/** One cell is an instant, the other a name; neither holds a line break. */
export function encodeCursor(cells: readonly [at: string, id: string]): string {
  return new TextEncoder().encode(cells.join("\n")).toBase64({ alphabet: "base64url", omitPadding: true });
}

/** @throws {BadRequestError} If the text is not one of `encodeCursor`. */
export function readCursor(text: string): [at: string, id: string] {
  try {
    const bytes = Uint8Array.fromBase64(text, { alphabet: "base64url" });
    const [at, id, ...rest] = new TextDecoder("utf-8", { fatal: true }).decode(bytes).split("\n");
    const isInstant = at !== undefined && /^\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(at);
    if (isInstant && !Number.isNaN(Date.parse(at)) && id && !id.includes("\0") && rest.length === 0) {
      return [at, id];
    }
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  throw new BadRequestError('cursor is not one that this API gave out: pass "next" of the page before');
}
