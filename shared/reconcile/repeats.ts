/**
 * Fills that a broker reported twice: CumQty (14) of an order did not advance from one to the other. Equal economics
 * alone prove nothing, two fills may well be alike.
 *
 * @module
 */

/** One execution of an order, with what the order had filled after it. */
export interface ReportedFill {
  readonly execId: string;
  readonly cumQty: string;
  /** False once it is busted. */
  readonly live: boolean;
  /** A live booking states it. */
  readonly booked: boolean;
  /** ISO instant, of the same form in all fills. */
  readonly transactTime: string;
}

/**
 * @param fills Of one order and day, all with one CumQty.
 * @param changedAt When executions of the order were busted or corrected: CumQty then goes back and comes by again.
 * @returns The surplus executions, each with the one it repeats: that which is booked, else the first.
 */
export function repeatedFills(
  fills: readonly ReportedFill[],
  changedAt: readonly string[],
): ReadonlyMap<string, string> {
  const [original, ...others] = fills.filter(({ live }) => live).toSorted((a, b) =>
    Number(b.booked) - Number(a.booked) || compareText(a.transactTime, b.transactTime) ||
    compareText(a.execId, b.execId)
  );
  const repeats = new Map<string, string>();
  if (original === undefined) return repeats;
  for (const { execId, transactTime } of others) {
    const [from, to] = [original.transactTime, transactTime].toSorted();
    if (!changedAt.some((at) => from! <= at && at <= to!)) repeats.set(execId, original.execId);
  }
  return repeats;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
