/**
 * Values that a dictionary allows, chosen by chance.
 *
 * @module
 */

import type { FieldDefinition } from "../dictionary.ts";

/** A number from 0 up to, and without, 1. */
export type Random = () => number;

/** Mulberry32: small, seeded, and random enough to choose test cases. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

export function oneOf<T>(random: Random, choices: readonly T[]): T {
  return choices[below(random, choices.length)]!;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .-_=|,:/";

export function anyValue(random: Random, { type, values }: FieldDefinition): string {
  if (values.size > 0) return anyEnumValue(random, type, [...values.keys()]);
  switch (type) {
    case "CHAR":
    case "MULTIPLECHARVALUE":
      return oneOf(random, [..."ABCxyz019"]);
    case "BOOLEAN":
      return oneOf(random, ["Y", "N"]);
    case "INT":
    case "SEQNUM":
    case "LENGTH":
    case "NUMINGROUP":
      return String(below(random, 10_000));
    case "DAYOFMONTH":
      return String(1 + below(random, 31));
    case "MONTHYEAR":
      return anyDate(random).slice(0, 6);
    case "LOCALMKTDATE":
    case "UTCDATE":
    case "UTCDATEONLY":
      return anyDate(random);
    case "UTCTIMESTAMP":
      return `${anyDate(random)}-${anyTime(random)}`;
    case "UTCTIMEONLY":
      return anyTime(random);
    case "TZTIMEONLY":
      return oneOf(random, ["07:39Z", "02:39-05", "15:39+08", "13:09+05:30"]);
    case "TZTIMESTAMP":
      return `${anyDate(random)}-${oneOf(random, ["07:39Z", "02:39-05", "13:09:05+05:30"])}`;
    case "CURRENCY":
      return oneOf(random, ["USD", "EUR", "JPY"]);
    case "COUNTRY":
      return oneOf(random, ["US", "DE"]);
    case "MULTIPLEVALUESTRING":
    case "MULTIPLESTRINGVALUE":
      return oneOf(random, ["A", "A B", "x y z"]);
    case "STRING":
    case "EXCHANGE":
    case "LANGUAGE":
      return anyText(random);
    default:
      return oneOf(random, ["0", "1", "100", "98.40625", "-2.5", "0.00000001"]);
  }
}

export function anyText(random: Random): string {
  const length = 1 + below(random, 12);
  return Array.from({ length }, () => oneOf(random, [...LETTERS])).join("").replace(/^\s|\s$/g, "x");
}

function anyEnumValue(random: Random, type: string, values: readonly string[]): string {
  if (!type.startsWith("MULTIPLE") || random() < 0.5) return oneOf(random, values);
  return `${oneOf(random, values)} ${oneOf(random, values)}`;
}

function anyDate(random: Random): string {
  return `20${10 + below(random, 30)}${twoDigits(1 + below(random, 12))}${twoDigits(1 + below(random, 28))}`;
}

function anyTime(random: Random): string {
  const time = [24, 60, 60].map((limit) => twoDigits(below(random, limit))).join(":");
  return random() < 0.5 ? time : `${time}.${String(below(random, 1_000)).padStart(3, "0")}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
