/**
 * One instrument, several names: a ticker, an ISIN (ISO 6166), the CUSIP inside a North American ISIN, a currency
 * pair with or without its slash. Two sides that name one instrument differently do not disagree.
 *
 * @module
 */

import type { Instrument } from "./instrument.ts";
import { INSTRUMENTS } from "./instruments.ts";

/** ISINs of the listed shares; a bond's symbol is its ISIN already. */
export const SHARE_ISINS: Readonly<Record<string, string>> = {
  AAPL: "US0378331005",
  MSFT: "US5949181045",
  NVDA: "US67066G1040",
  AMZN: "US0231351067",
  GOOGL: "US02079K3059",
  META: "US30303M1027",
  TSLA: "US88160R1014",
  JPM: "US46625H1005",
  XOM: "US30231G1022",
  JNJ: "US4781601046",
  WMT: "US9311421039",
  KO: "US1912161007",
  RY: "CA7800871021",
  CNR: "CA1363751027",
  AZN: "GB0009895292",
  HSBA: "GB0005405286",
  SHEL: "GB00BP6MXD84",
  ULVR: "GB00B10RZP78",
  SAP: "DE0007164600",
  SIE: "DE0007236101",
  ALV: "DE0008404005",
  MC: "FR0000121014",
  TTE: "FR0000120271",
  NESN: "CH0038863350",
  NOVN: "CH0012005267",
};

const ISIN = /^[A-Z]{2}[A-Z0-9]{9}[0-9]$/;
/** CUSIP Global Services numbers the United States and Canada. */
const WITH_CUSIP = /^(?:US|CA)/;

const ID_BY_NAME = new Map<string, string>(INSTRUMENTS.flatMap(({ symbol, assetClass }) => {
  const isin = SHARE_ISINS[symbol] ?? (ISIN.test(symbol) ? symbol : null);
  const names = isin === null ? [symbol] : [symbol, isin, ...cusipOf(isin)];
  if (assetClass === "fx") names.push(symbol.replace("/", ""));
  return names.map((name): [string, string] => [name, symbol]);
}));

/** The name our reference data gives an instrument; one it does not list keeps its own, in capitals. */
export function instrumentId(name: string): string {
  const plain = name.trim().toUpperCase();
  return ID_BY_NAME.get(plain) ?? plain;
}

/** OCC: root, expiry, right, strike. */
const OPTION = /^([A-Z]+)[0-9]{6}[CP][0-9]{8}$/;
/** Root, month letter, last digits of the year. */
const FUTURE = /^([A-Z]+)[FGHJKMNQUVXZ][0-9]{1,2}$/;

const OPTIONS = bySymbol((kind) => kind === "option");
const FUTURES = bySymbol((kind) => kind === "future");
const OTHERS = bySymbol((kind) => kind !== "option" && kind !== "future");

/** What our reference data knows of an instrument, a contract by its root; null where it does not list it. */
export function findInstrument(name: string): Instrument | null {
  const id = instrumentId(name);
  const option = OPTION.exec(id);
  if (option !== null) return OPTIONS.get(option[1]!) ?? null;
  return OTHERS.get(id) ?? FUTURES.get(FUTURE.exec(id)?.[1] ?? "") ?? null;
}

function bySymbol(isWanted: (kind: Instrument["kind"]) => boolean): ReadonlyMap<string, Instrument> {
  return new Map(INSTRUMENTS.filter(({ kind }) => isWanted(kind)).map((one) => [one.symbol, one]));
}

function cusipOf(isin: string): string[] {
  return WITH_CUSIP.test(isin) ? [isin.slice(2, 11)] : [];
}
