/**
 * Two sides of one execution -> the breaks between them.
 *
 * @module
 */

export { type Difference, judge, type OpenBreak, type Pair, type PairSide, type Verdict } from "./compare.ts";
