/**
 * Numbers, instants and names as people read them. Amounts come in as decimal text and are never turned into a
 * float before they are short enough to be one.
 *
 * @module
 */

const COUNT = new Intl.NumberFormat("en-US");

/** `12,345` */
export function formatCount(count: number): string {
  return COUNT.format(count);
}

/** Groups the digits of a decimal and rounds it half away from zero: `1234567.891` to `1,234,567.89`. */
export function formatAmount(amount: string, decimals = 2): string {
  const { negative, digits } = toScaled(amount, decimals);
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ",");
  const fraction = decimals > 0 ? `.${digits.slice(digits.length - decimals)}` : "";
  return `${negative ? "-" : ""}${whole}${fraction}`;
}

/** As stored, with grouped digits and no trailing zeros: `98.40625000` to `98.40625`. */
export function formatExact(amount: string): string {
  const [, sign = "", whole = "0", fraction = ""] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [];
  const kept = fraction.replace(/0+$/, "");
  return `${sign === "-" ? "-" : ""}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${kept && `.${kept}`}`;
}

const UNITS = ["", "K", "M", "B", "T", "Q"];

/** Three to four significant digits and a unit: `246015.63` to `246.0K`, `9999999` to `10.00M`. */
export function formatShort(amount: string | number): string {
  const value = toNumber(amount);
  const magnitude = Math.abs(value);
  if (magnitude < 1_000) return value.toFixed(Number.isInteger(value) ? 0 : 2);
  let power = Math.min(UNITS.length - 1, Math.floor(Math.log10(magnitude) / 3));
  // 999,999 rounds up into the next unit.
  if (Number((magnitude / 1_000 ** power).toPrecision(4)) >= 1_000) power++;
  power = Math.min(UNITS.length - 1, power);
  const scaled = value / 1_000 ** power;
  const decimals = Math.abs(scaled) >= 100 ? 1 : 2;
  return `${scaled.toFixed(decimals)}${UNITS[power]}`;
}

/** `0.0153` to `1.53 %` */
export function formatRate(rate: number): string {
  return `${(rate * 100).toFixed(2)} %`;
}

/** The amount as a chart needs it. Only for drawing: digits beyond a double's are lost. */
export function toNumber(amount: string | number): number {
  return typeof amount === "number" ? amount : Number(amount);
}

const NAMES: Record<string, string> = {
  fx: "FX",
  missing_book: "Missing booking",
  missing_street: "Missing execution",
  reported: "Reported by source",
};

/** The words for a code: `settlement_pending` to `Settlement pending`. */
export function formatName(code: string): string {
  const known = NAMES[code];
  if (known) return known;
  if (!/^[a-z_]+$/.test(code)) return code;
  return code.charAt(0).toUpperCase() + code.slice(1).replaceAll("_", " ");
}

/** How long ago, in the largest unit that says enough: `8 s`, `12 min`, `3 h`, `5 d`. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 100) return `${seconds} s`;
  if (seconds < 6_000) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** A length of time in whole units: `150 s`, `15 min`, `3 h 45 min`. */
export function formatSpan(seconds: number): string {
  if (seconds < 300) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** The decimal times 10^decimals as digits, at least one before the point. */
function toScaled(amount: string, decimals: number): { negative: boolean; digits: string } {
  const [, sign = "", whole = "0", fraction = ""] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [];
  const kept = fraction.slice(0, decimals).padEnd(decimals, "0");
  const up = (fraction[decimals] ?? "0") >= "5" ? 1n : 0n;
  const scaled = BigInt(whole + kept) + up;
  return { negative: sign === "-" && scaled !== 0n, digits: scaled.toString().padStart(decimals + 1, "0") };
}
