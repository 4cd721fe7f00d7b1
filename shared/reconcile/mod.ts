/**
 * Two sides of one execution -> the breaks between them.
 *
 * @module
 */

export { type BlockSides, type BlockVerdict, judgeBlock } from "./block.ts";
export { type Booking, judgeBooking } from "./booking.ts";
export {
  type BookSide,
  compare,
  COMPARED_TYPES,
  type Difference,
  type Rules,
  type StreetSide,
} from "./compare.ts";
export { sameCounterparty, sameInstrument } from "./identity.ts";
export { type Candidate, type LooseBooking, type LooseFill, type Match, match } from "./pairing.ts";
export { repeatedFills, type ReportedFill } from "./repeats.ts";
export { type Claim, type Seat, seat, type Seating } from "./seating.ts";
export {
  isBeyond,
  type Scope,
  type Tolerance,
  toleranceFor,
  TOLERATED_FIELDS,
  type ToleratedField,
} from "./tolerance.ts";
export { type Half, judge, type OpenBreak, type Pair, type Repeat, type Verdict } from "./verdict.ts";
