/**
 * Randomness that a seed decides: the same seed gives the same sequence on every machine. Whole-number
 * arithmetic only, so that no platform's floats can differ.
 *
 * @module
 */

export interface Random {
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number;
  /** True in `share` of the calls, from 0 to 1. */
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
}

const UINT32 = 4_294_967_296;
/** Drawn and dropped: the generator needs some steps to mix a seed in. */
const WARM_UP_STEPS = 15;

/** sfc32 by Chris Doty-Humphrey, seeded by a hash of the text. */
export function openRandom(seed: string): Random {
  let [a, b, c] = [hash32(seed, 1), hash32(seed, 2), hash32(seed, 3)];
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let step = 0; step < WARM_UP_STEPS; step++) next();
  const between = (min: number, max: number) => min + Math.floor(next() / UINT32 * (max - min + 1));
  return {
    between,
    chance: (share) => next() < share * UINT32,
    pick: (list) => list[between(0, list.length - 1)]!,
  };
}

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * Six characters that tell one run's ids from another's: a hash of what makes its tape.
 */
export function runTag(seed: string, startMs: number): string {
  let bits = hash32(`${seed} ${startMs}`, 0);
  let tag = "";
  for (let at = 0; at < 6; at++, bits >>>= 5) tag += CROCKFORD[bits & 31];
  return tag;
}

/** FNV-1a with a final mix (MurmurHash3's), over UTF-16 units. */
function hash32(text: string, salt: number): number {
  let hash = 2_166_136_261 ^ salt;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
