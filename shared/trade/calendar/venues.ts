/**
 * Names of venues as trades spell them, and the place each stands for: exchanges by market identifier code or by
 * common name, depositories and clearing houses by name.
 *
 * @module
 */

/** `fed`: the Fed's book entry, which holds government debt alone. `icsd`: an international depository, which settles securities of any country. */
export type Place =
  | "us"
  | "fed"
  | "ca"
  | "uk"
  | "de"
  | "eu"
  | "ch"
  | "jp"
  | "icsd"
  | "cme"
  | "ice"
  | "eurex"
  | "options";

const NAMES: Readonly<Record<Place, string>> = {
  us: "DTC, DTCC, NSCC, XNYS, NYSE, XNAS, NASDAQ, ARCX, NYSE Arca, XASE, BATS, IEXG, IEX",
  fed: "Fed, Fedwire, FICC, Federal Reserve, NBES",
  ca: "CDS, CDSX, XTSE, TSX, XTSX, TSXV, Toronto Stock Exchange",
  uk: "CREST, Euroclear UK, Euroclear UK and International, EUI, XLON, LSE, London Stock Exchange",
  de: "XETR, Xetra, XFRA, FWB, Frankfurt, Clearstream Frankfurt, Clearstream Europe, CBF",
  eu:
    "XPAR, XAMS, XBRU, XLIS, Euronext, Euronext Paris, Euronext Amsterdam, Euroclear France, T2S, TARGET2-Securities",
  ch: "SIX, SIX SIS, SIS, XSWX, XVTX, SIX Swiss Exchange",
  jp: "JASDEC, JPX, XTKS, XJPX, XOSE, TSE, Tokyo, Tokyo Stock Exchange",
  icsd: "Euroclear, Euroclear Bank, Clearstream, Clearstream Luxembourg, CBL",
  cme: "CME, CME Clearing, CME Group, XCME, XCBT, XNYM, XCEC, CBOT, NYMEX, COMEX, GLBX",
  ice: "ICE, ICE Clear, ICE Clear Europe, ICE Futures Europe, IFEU, ICEU",
  eurex: "Eurex, Eurex Clearing, XEUR, ECAG",
  options: "OCC, Options Clearing Corporation, CBOE, XCBO, XPHL, XISX, OPRA",
};

const PLACES = new Map(
  (Object.entries(NAMES) as [Place, string][]).flatMap(([place, names]) =>
    names.split(", ").map((name): [string, Place] => [keyOf(name), place])
  ),
);

/** @returns Nothing for a venue we do not know, or none. */
export function placeOf(venue: string | undefined): Place | null {
  return PLACES.get(keyOf(venue ?? "")) ?? null;
}

function keyOf(name: string): string {
  return name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
}
