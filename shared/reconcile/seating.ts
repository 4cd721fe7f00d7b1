/**
 * Which booking answers which execution where several state one ExecID on one day: brokers that happen to number
 * alike, a booking entered twice, a booking cancelled and entered anew. The order of arrival makes no difference.
 *
 * @module
 */

import { sameCounterparty } from "./identity.ts";

/** A booking that states the ExecID. */
export interface Claim {
  readonly tradeId: string;
  /** False once it is cancelled. */
  readonly live: boolean;
  readonly counterparty: string;
  /** ISO instant, of the same form in all claims. */
  readonly bookedAt: string;
}

/** An execution of that ExecID; its key is the pair's. */
export interface Seat {
  readonly key: string;
  /** False once it is busted. */
  readonly live: boolean;
  readonly counterparty: string;
}

export interface Seating {
  /** The booking of each execution that has one, by the key. */
  readonly seated: ReadonlyMap<string, string>;
  /** Bookings without an execution: the first of each counterparty waits for one. */
  readonly waiting: readonly string[];
  /** Bookings that repeat another one, with that one. */
  readonly repeats: ReadonlyMap<string, string>;
  /** Cancelled bookings whose place another one has. */
  readonly unseated: readonly string[];
}

/**
 * An execution takes the earliest live booking of its own counterparty, else the earliest of another that repeats
 * none, else a cancelled one. Live bookings of one counterparty beyond that repeat the first of them.
 */
export function seat(claims: readonly Claim[], seats: readonly Seat[]): Seating {
  const left = new Set(claims.toSorted(byAge));
  const taken: Claim[] = [];
  const seated = new Map<string, string>();
  const chairs = seats.toSorted((a, b) => Number(b.live) - Number(a.live) || (a.key < b.key ? -1 : 1));
  const take = (suits: (claim: Claim, seat: Seat) => boolean) => {
    for (const chair of chairs) {
      const claim = seated.has(chair.key) ? undefined : [...left].find((one) => suits(one, chair));
      if (claim === undefined) continue;
      seated.set(chair.key, claim.tradeId);
      left.delete(claim);
      taken.push(claim);
    }
  };
  const repeated = (claim: Claim) =>
    taken.find((other) => other.live && sameCounterparty(other.counterparty, claim.counterparty));
  take((claim, { counterparty }) => claim.live && sameCounterparty(claim.counterparty, counterparty));
  take((claim) => claim.live && repeated(claim) === undefined);
  take((claim, { counterparty }) => sameCounterparty(claim.counterparty, counterparty));
  take((claim) => !claim.live);

  const waiting: string[] = [];
  const repeats = new Map<string, string>();
  const unseated: string[] = [];
  for (const claim of left) {
    const original = repeated(claim);
    if (claim.live && original) repeats.set(claim.tradeId, original.tradeId);
    else if (claim.live || taken.length === 0) {
      waiting.push(claim.tradeId);
      taken.push(claim);
    } else unseated.push(claim.tradeId);
  }
  return { seated, waiting, repeats, unseated };
}

function byAge(a: Claim, b: Claim): number {
  return Number(b.live) - Number(a.live) || compareText(a.bookedAt, b.bookedAt) ||
    compareText(a.tradeId, b.tradeId);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
