/**
 * Messages of the street as tests write them, from `35=` on, and what reading them must give.
 *
 * @module
 */

import assert from "node:assert/strict";
import { readStreet, type Validation } from "../read_street.ts";
import type { StreetMessage } from "../street.ts";

export const HEADER = "49=GSCO|56=BREAKWATER|34=7|52=20261123-14:30:05.125|";
export const FILL =
  `35=8|${HEADER}37=B1|11=O-1|17=E-1|150=F|39=2|55=AAPL|54=1|38=100|44=190|32=100|31=189.95|` +
  "14=100|151=0|6=189.95|60=20261123-14:30:05.120|75=20261123|64=20261124|15=USD|";
export const REPORT_42 =
  `35=8|${HEADER}37=B1|11=O-1|17=E-1|20=0|150=2|39=2|55=AAPL|54=2|38=100|32=100|31=10|` +
  "14=100|151=0|6=10|60=20261123-14:30:05|";
export const ORDER =
  "35=D|49=BREAKWATER|56=GSCO|34=3|52=20261123-14:30:05.125|11=O-1|21=1|55=AAPL|54=1|38=100|40=2|" +
  "44=190|60=20261123-14:30:05.100|";

export function accepted(value: Uint8Array, validation: Validation = "strict"): StreetMessage {
  const result = readStreet(value, validation);
  assert(result.kind === "message", JSON.stringify(result));
  return result;
}

export function rejectedCode(value: Uint8Array, validation: Validation = "strict"): string {
  const result = readStreet(value, validation);
  assert(result.kind === "rejected", "was accepted");
  return result.code;
}
