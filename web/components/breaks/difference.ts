/**
 * How far two decimal texts are apart, exactly.
 *
 * @module
 */

import { formatExact } from "../../../shared/kpi/mod.ts";

/** Book minus street with its sign, such as `-0.25`, and its share of the street's: `(-0.09 %)`; null: no numbers. */
export function differenceOf(book: string | null, street: string | null): string | null {
  const [a, b] = [readDecimal(book), readDecimal(street)];
  if (a === null || b === null) return null;
  const scale = Math.max(a.scale, b.scale);
  const ours = a.units * 10n ** BigInt(scale - a.scale);
  const theirs = b.units * 10n ** BigInt(scale - b.scale);
  const units = ours - theirs;
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, "0");
  const at = digits.length - scale;
  const text = formatExact(scale > 0 ? `${digits.slice(0, at)}.${digits.slice(at)}` : digits);
  const share = theirs === 0n ? "" : ` (${toShare(Number(units) / Math.abs(Number(theirs)))})`;
  return `${units < 0n ? "-" : "+"}${text}${share}`;
}

/** Only to be read, so a double will do. */
function toShare(share: number): string {
  const percent = share * 100;
  return `${percent < 0 ? "" : "+"}${
    Math.abs(percent) < 0.01 ? percent.toPrecision(2) : percent.toFixed(2)
  } %`;
}

function readDecimal(text: string | null): { units: bigint; scale: number } | null {
  const [, sign = "", whole, fraction = ""] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text ?? "") ?? [];
  if (whole === undefined) return null;
  return { units: BigInt(sign.replace("+", "") + whole + fraction), scale: fraction.length };
}
