/**
 * Prices as whole numbers of ticks, so that a market of many thousand fills needs no decimals to move, and their
 * exact text.
 *
 * @module
 */

/** A tick as a whole number of its last decimal: `0.015625` is 15625 of 6 decimals. */
export interface Tick {
  readonly units: number;
  readonly decimals: number;
}

/** Decimals that an average price has beyond those of the price. */
const AVERAGE_DECIMALS = 2;

export function readTick(tick: string): Tick {
  return { units: Number(tick.replace(".", "")), decimals: tick.split(".")[1]?.length ?? 0 };
}

/** The number of ticks nearest to a price, which is on its tick. */
export function toTicks(price: string, { units, decimals }: Tick): number {
  const [whole, fraction = ""] = price.split(".");
  return Math.round(Number(whole + fraction.padEnd(decimals, "0").slice(0, decimals)) / units);
}

export function priceText(ticks: number, { units, decimals }: Tick): string {
  return withPoint(String(ticks * units), decimals);
}

/** The quantity-weighted average of fills, rounded half up: `sum` is ticks times quantity over all of them. */
export function averageText(sum: number, quantity: number, { units, decimals }: Tick): string {
  const scaled = BigInt(sum) * BigInt(units) * 10n ** BigInt(AVERAGE_DECIMALS);
  const divisor = BigInt(quantity);
  const rounded = (2n * scaled + divisor) / (2n * divisor);
  return withPoint(String(rounded), decimals + AVERAGE_DECIMALS);
}

function withPoint(digits: string, decimals: number): string {
  if (decimals === 0) return digits;
  const padded = digits.padStart(decimals + 1, "0");
  return `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
}
