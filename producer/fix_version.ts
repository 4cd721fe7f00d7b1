/**
 * The FIX versions that the simulated brokers speak, and what they call the same thing.
 *
 * @module
 */

import type { Instrument } from "../shared/trade/instrument.ts";

export const FIX_VERSIONS = ["4.2", "4.4", "5.0SP2"] as const;
export type FixVersion = typeof FIX_VERSIONS[number];

/** 5.0 SP2 travels in a session of FIXT 1.1 and names itself in ApplVerID (1128). */
export const BEGIN_STRINGS: Readonly<Record<FixVersion, string>> = {
  "4.2": "FIX.4.2",
  "4.4": "FIX.4.4",
  "5.0SP2": "FIXT.1.1",
};
export const APPL_VER_ID_50SP2 = "9";

/** SecurityType (167); of government bonds, US Treasuries have their own. */
const SECURITY_TYPES: Readonly<Record<Instrument["kind"], string>> = {
  share: "CS",
  government_bond: "EUSOV",
  corporate_bond: "CORP",
  spot: "FOR",
  future: "FUT",
  option: "OPT",
};

export function securityType(version: FixVersion, { kind, market }: Instrument): string {
  if (version === "4.2" && kind === "government_bond") return "GOVT";
  if (version === "5.0SP2" && kind === "spot") return "FXSPOT";
  return market === "us_treasury" ? "TBOND" : SECURITY_TYPES[kind];
}
