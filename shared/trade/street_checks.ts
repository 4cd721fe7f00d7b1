/**
 * What must hold of a message before its facts are read: the fields it must have, and none twice.
 *
 * @module
 */

import type { Reading } from "./street_facts.ts";

const SUPPORTED_VERSIONS = new Set(["FIX.4.2", "FIX.4.4", "FIXT.1.1"]);
const HEADER_REQUIRED = [49, 56, 34, 52];
const ORDER_REQUIRED = [11, 54, 55, 60, 40];
const REPORT_REQUIRED = [37, 17, 150, 39, 54, 55, 14, 151];
/** Fields that are in no group of an order or a report. */
const NEVER_TWICE = new Set([
  ...[8, 9, 35, 49, 56, 115, 34, 52, 10, 11, 41, 37, 17, 19, 20, 150, 39],
  ...[54, 55, 38, 40, 44, 31, 32, 14, 151, 6, 15, 60, 64, 75],
]);

/** Adds to the reading's faults what is wrong with the message as a whole. */
export function checkStreet({ fields, faults }: Reading): void {
  const beginString = fields.text(8) ?? "";
  const msgType = fields.text(35) ?? "";
  if (!SUPPORTED_VERSIONS.has(beginString)) {
    faults.push({ code: "unsupported_version", tag: 8, text: `BeginString (8) is "${beginString}"` });
  }
  const isReport = msgType === "8";
  const isOrder = msgType === "D";
  for (const tag of HEADER_REQUIRED) requireTag(tag);
  if (isOrder) { for (const tag of ORDER_REQUIRED) requireTag(tag); }
  if (isReport) { for (const tag of REPORT_REQUIRED) requireTag(tag); }
  for (const index of fields.repeats) {
    const tag = fields.tags[index]!;
    if ((isReport || isOrder) && NEVER_TWICE.has(tag)) {
      faults.push({ code: "tag_twice", tag, text: `Field ${tag} stands in the message twice` });
    }
  }

  function requireTag(tag: number): void {
    if (fields.has(tag)) return;
    faults.push({ code: "required_tag_missing", tag, text: `Message ${msgType} lacks field ${tag}` });
  }
}
