/**
 * FIX messages as tests write them.
 *
 * @module
 */

import { encodeFrame } from "../encode.ts";

/** Latin-1 bytes of a text in which `|` stands for SOH. */
export function fix(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char === "|" ? 1 : char.charCodeAt(0));
}

/** A sound message with this body, from `35=` on. */
export function framed(body: string, beginString = "FIX.4.4"): Uint8Array {
  return encodeFrame(beginString, fix(body));
}
