/**
 * Sums of decimal text, and amounts as people type them. Exact: nothing here goes through a float.
 *
 * @module
 */

const DECIMALS = 8;

/** Of decimal text with at most eight decimals; what goes beyond is cut. */
export function sum(amounts: readonly string[]): string {
  const total = amounts.reduce((so, amount) => so + toScaled(amount), 0n);
  const digits = String(total < 0n ? -total : total).padStart(DECIMALS + 1, "0");
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, "");
  return `${total < 0n ? "-" : ""}${digits.slice(0, -DECIMALS)}${fraction && `.${fraction}`}`;
}

export function isNegative(amount: string): boolean {
  return toScaled(amount) < 0n;
}

function toScaled(amount: string): bigint {
  const [, sign = "", whole = "0", fraction = ""] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [];
  return BigInt(`${sign === "-" ? "-" : ""}${whole}${fraction.slice(0, DECIMALS).padEnd(DECIMALS, "0")}`);
}

const POWERS: Readonly<Record<string, number>> = { "": 0, k: 3, m: 6, b: 9 };

/** `25,000,000`, `25 000 000`, `25m` or `2.5B` to plain decimal text; null: it is none above zero. */
export function readTyped(typed: string): string | null {
  const [, digits, unit] = /^([\d,\s']*\.?\d*)\s*([kmb]?)$/i.exec(typed.trim()) ?? [];
  if (digits === undefined) return null;
  const [whole = "", fraction = ""] = digits.replace(/[,\s']/g, "").split(".");
  const power = POWERS[unit!.toLowerCase()]!;
  if (!/\d/.test(whole + fraction)) return null;
  const moved = whole + fraction.padEnd(power, "0").slice(0, power);
  const rest = fraction.slice(power).replace(/0+$/, "");
  const text = `${moved.replace(/^0+(?=\d)/, "") || "0"}${rest && `.${rest}`}`;
  return /[1-9]/.test(text) ? text : null;
}
