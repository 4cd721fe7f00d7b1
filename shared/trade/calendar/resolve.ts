/**
 * Which market's rules a trade settles by, from what a trade says of itself: asset class, instrument, venue.
 *
 * A share settles where its venue is; an international depository tells nothing, then the instrument decides. A
 * bond settles by its issue (ISIN, or what its name says), whatever depository holds it. A future or an option
 * settles at its clearing house.
 *
 * @module
 */

import { INSTRUMENTS } from "../instruments.ts";
import type { AssetClass } from "../trade.ts";
import { type CurrencyId, isCurrencyId } from "./calendars.ts";
import type { Market } from "./markets.ts";
import { type Place, placeOf } from "./venues.ts";

export interface Traded {
  readonly assetClass: AssetClass;
  readonly instrument?: string | undefined;
  readonly venue?: string | undefined;
}

export type UnknownCode = "unknown_market" | "unknown_currency" | "bad_currency_pair";

export type Resolved =
  | { readonly kind: "security"; readonly market: Market }
  | { readonly kind: "spot"; readonly pair: readonly [CurrencyId, CurrencyId] }
  | { readonly kind: "unknown"; readonly code: UnknownCode; readonly text: string };

type Country = Exclude<Place, "icsd" | "cme" | "ice" | "eurex" | "options">;

const SHARE_MARKETS: Readonly<Partial<Record<Place, Market>>> = {
  us: "us_equity",
  ca: "ca_security",
  uk: "uk_security",
  de: "de_security",
  eu: "eu_security",
  ch: "ch_security",
  jp: "jp_security",
};
const BOND_MARKETS: Readonly<Record<Country, { readonly corporate: Market; readonly government: Market }>> = {
  us: { corporate: "us_corporate", government: "us_treasury" },
  fed: { corporate: "us_treasury", government: "us_treasury" },
  ca: { corporate: "ca_security", government: "ca_security" },
  uk: { corporate: "uk_security", government: "uk_gilt" },
  de: { corporate: "de_security", government: "de_security" },
  eu: { corporate: "eu_security", government: "eu_security" },
  ch: { corporate: "ch_security", government: "ch_security" },
  jp: { corporate: "jp_security", government: "jp_government" },
};
const CLEARING_MARKETS: Readonly<Partial<Record<Place, Market>>> = {
  cme: "cme_future",
  ice: "ice_future",
  eurex: "eurex_future",
  options: "us_option",
};

/** Countries of ISINs; XS is the international one, and the euro area settles in T2S. */
const ISIN_COUNTRIES: Readonly<Record<string, Country>> = {
  ...{ US: "us", CA: "ca", GB: "uk", DE: "de", CH: "ch", JP: "jp" },
  ...{
    FR: "eu",
    NL: "eu",
    BE: "eu",
    PT: "eu",
    IT: "eu",
    ES: "eu",
    AT: "eu",
    IE: "eu",
    FI: "eu",
    LU: "eu",
    XS: "eu",
  },
};
/** Suffixes of tickers, as Reuters and Yahoo write them. */
const TICKER_COUNTRIES: Readonly<Record<string, Country>> = {
  ...{ N: "us", O: "us", OQ: "us", TO: "ca", L: "uk", DE: "de", PA: "eu", AS: "eu", BR: "eu", LS: "eu" },
  ...{ SW: "ch", S: "ch", T: "jp" },
};

const ISIN = /^([A-Z]{2})[A-Z0-9]{9}[0-9]$/;
/** The Treasury's CUSIP issuer numbers start with 912; an ISIN has its country before that. */
const TREASURY = /^(US)?912[A-Z0-9]{6,7}$|TREASUR|\bT-?(NOTE|BOND|BILL)S?\b|\bUST\b/;
const GOVERNMENT_NAMES: readonly (readonly [RegExp, Country])[] = [
  [TREASURY, "us"],
  // Companies of the UK issue under XS: a bond with a British number is a gilt.
  [/\bGILTS?\b|^GB[A-Z0-9]{9}[0-9]$/, "uk"],
  [/\bJGBS?\b|^JP1[A-Z0-9]{9}$/, "jp"],
  [/\bBUNDS?\b|\bBOBL\b|\bSCHATZ\b/, "de"],
  [/\bOATS?\b|\bBTPS?\b|\bBONOS?\b/, "eu"],
];
const OPTION_SYMBOL = /^[A-Z]{1,6} *[0-9]{6}[CP][0-9]{8}$/;
const FUTURE_SYMBOL = /^([A-Z0-9]{1,4}?)[FGHJKMNQUVXZ][0-9]{1,2}$/;
const PAIR = /^([A-Z]{3})[/\-. ]?([A-Z]{3})$/;

export function resolveMarket({ assetClass, instrument = "", venue }: Traded): Resolved {
  const symbol = instrument.trim().toUpperCase();
  if (assetClass === "fx") return resolvePair(symbol);
  const place = placeOf(venue);
  const known = knownMarket(assetClass, symbol);
  const market = assetClass === "equity"
    ? shareMarket(symbol, place, known)
    : assetClass === "bond"
    ? known ?? bondMarket(symbol, place)
    : clearedMarket(symbol, place) ?? known;
  if (market !== undefined) return { kind: "security", market };
  const seen = `instrument "${instrument}" at venue "${venue ?? ""}"`;
  const text =
    `Cannot tell the market of ${assetClass} ${seen}: give a known instrument, an ISIN, or a known venue`;
  return { kind: "unknown", code: "unknown_market", text };
}

function resolvePair(symbol: string): Resolved {
  const [, base, quote] = PAIR.exec(symbol) ?? [];
  if (base === undefined || quote === undefined || base === quote) {
    const text = `Cannot read the currency pair "${symbol}": write it as EUR/USD`;
    return { kind: "unknown", code: "bad_currency_pair", text };
  }
  if (isCurrencyId(base) && isCurrencyId(quote)) return { kind: "spot", pair: [base, quote] };
  const unknown = isCurrencyId(base) ? quote : base;
  return {
    kind: "unknown",
    code: "unknown_currency",
    text: `There is no calendar for the currency ${unknown}`,
  };
}

function shareMarket(symbol: string, place: Place | null, known: Market | undefined): Market | undefined {
  if (place !== null && place !== "icsd") return SHARE_MARKETS[place];
  if (known !== undefined) return known;
  const country = countryOf(symbol) ?? (place === "icsd" ? "eu" : null);
  return country === null ? undefined : SHARE_MARKETS[country];
}

function bondMarket(symbol: string, place: Place | null): Market | undefined {
  const named = GOVERNMENT_NAMES.find(([pattern]) => pattern.test(symbol))?.[1];
  if (named !== undefined) return BOND_MARKETS[named].government;
  const country = countryOf(symbol) ?? (place === "icsd" ? "eu" : place);
  return country !== null && country in BOND_MARKETS ? BOND_MARKETS[country as Country].corporate : undefined;
}

function clearedMarket(symbol: string, place: Place | null): Market | undefined {
  const cleared = place === null ? undefined : CLEARING_MARKETS[place];
  return cleared ?? (OPTION_SYMBOL.test(symbol) ? "us_option" : undefined);
}

function countryOf(symbol: string): Country | null {
  const isin = ISIN.exec(symbol)?.[1];
  if (isin !== undefined) return ISIN_COUNTRIES[isin] ?? null;
  const suffix = /\.([A-Z]{1,2})$/.exec(symbol)?.[1];
  return suffix === undefined ? null : TICKER_COUNTRIES[suffix] ?? null;
}

/** Of one of our instruments, by its symbol; a future by its root too, `ESZ6` as `ES`. */
function knownMarket(assetClass: AssetClass, symbol: string): Market | undefined {
  const root = FUTURE_SYMBOL.exec(symbol)?.[1];
  const market = INSTRUMENTS.find((each) =>
    each.assetClass === assetClass &&
    (each.symbol === symbol || (each.kind === "future" && each.symbol === root))
  )?.market;
  return market === "fx_spot" ? undefined : market;
}
