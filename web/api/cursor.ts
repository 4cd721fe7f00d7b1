/**
 * A place in a list, as text that callers pass back unread.
 *
 * @module
 */

import { z } from "zod";
import { type Place, type Sort, SORTS } from "../components/trades/sorts.ts";
import { BadRequestError } from "./problem.ts";

/** One cell is an instant, the other a name; neither holds a line break. */
export function encodeCursor(cells: readonly [at: string, id: string]): string {
  return new TextEncoder().encode(cells.join("\n")).toBase64({ alphabet: "base64url", omitPadding: true });
}

/** @throws {BadRequestError} If the text is not one of `encodeCursor`. */
export function readCursor(text: string): [at: string, id: string] {
  const [at, id, ...rest] = decode(text)?.split("\n") ?? [];
  if (isInstant(at) && id && !id.includes("\0") && rest.length === 0) return [at!, id];
  throw foreign();
}

/**
 * A place that `encodePlace` wrote.
 *
 * @throws {BadRequestError} If the text is none, or one of another order.
 */
export function readPlace(text: string, { name }: Sort): Place {
  const { type, isGroup } = SORTS[name];
  const [of, ...cells] = readCells(text);
  if (of !== name && Object.hasOwn(SORTS, of ?? "")) {
    throw new BadRequestError(`cursor is one of a list sorted by ${of}: leave it out to begin anew`);
  }
  const [value = "", at = "", id = ""] = isGroup ? cells : [cells[0], undefined, cells[1]];
  const isSound = of === name && cells.length === (isGroup ? 3 : 2) && VALUES[type](value) &&
    (!isGroup || isInstant(at)) && id !== "";
  if (!isSound) throw foreign();
  return cells;
}

const VALUES: Record<typeof SORTS[keyof typeof SORTS]["type"], (value: string) => boolean> = {
  timestamptz: isInstant,
  numeric: (value) => /^-?\d{1,40}(\.\d{1,20})?$/.test(value),
  date: (value) => z.iso.date().safeParse(value).success,
  text: (value) => value !== "",
};

function isInstant(text: string | undefined): boolean {
  return z.iso.datetime({ precision: 6 }).safeParse(text).success;
}

/** No cells, if the text is none of a place. */
function readCells(text: string): string[] {
  const cells = JSON_CELLS.safeParse(decode(text));
  return cells.success ? cells.data : [];
}

const JSON_CELLS = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue("not JSON");
    return z.NEVER;
  }
}).pipe(z.array(z.string().refine((cell) => !cell.includes("\0"))));

/** Null, if the text is not base64url of UTF-8. */
function decode(text: string): string | null {
  try {
    const bytes = Uint8Array.fromBase64(text, { alphabet: "base64url" });
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    return null;
  }
}

function foreign(): BadRequestError {
  return new BadRequestError('cursor is not one that this API gave out: pass "next" of the page before');
}
