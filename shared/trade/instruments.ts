/**
 * What the fund trades: real instruments, with a price near the real one for the simulated market to start from.
 *
 * @module
 */

import type { Instrument } from "./instrument.ts";

type Row = readonly [symbol: string, name: string, price: string];
type Place = Pick<Instrument, "currency" | "exchange" | "venue" | "market">;

const shares = (place: Place, rows: readonly Row[]): Instrument[] =>
  rows.map(([symbol, name, price]) => ({
    ...place,
    symbol,
    name,
    price,
    assetClass: "equity",
    kind: "share",
    multiplier: "1",
    quote: "unit",
    tick: tickOf(price),
    lot: 100,
  }));

/** One in the price's last decimal. */
function tickOf(price: string): string {
  const decimals = price.split(".")[1]?.length ?? 0;
  return (10 ** -decimals).toFixed(decimals);
}

const bonds = (
  place: Place & Pick<Instrument, "kind" | "tick" | "lot">,
  rows: readonly Row[],
): Instrument[] =>
  rows.map(([symbol, name, price]) => ({
    ...place,
    symbol,
    name,
    price,
    assetClass: "bond",
    multiplier: "0.01",
    quote: "percent",
  }));

const pairs = (rows: readonly (readonly [symbol: string, price: string, tick: string])[]): Instrument[] =>
  rows.map(([symbol, price, tick]) => ({
    symbol,
    name: `${symbol} spot`,
    price,
    tick,
    assetClass: "fx",
    kind: "spot",
    currency: symbol.slice(4),
    multiplier: "1",
    quote: "unit",
    lot: 50_000,
    exchange: "XXXX",
    venue: "CLS",
    market: "fx_spot",
  }));

type FutureRow = readonly [
  symbol: string,
  name: string,
  price: string,
  tick: string,
  multiplier: string,
  months: string,
];

const futures = (
  assetClass: "derivative" | "commodity",
  place: Place,
  rows: readonly FutureRow[],
): Instrument[] =>
  rows.map(([symbol, name, price, tick, multiplier, months]) => ({
    ...place,
    symbol,
    name,
    price,
    tick,
    multiplier,
    months,
    monthsAhead: months.length === EVERY_MONTH.length ? 2 : 1,
    assetClass,
    kind: "future",
    quote: "unit",
    lot: 1,
  }));

type OptionRow = readonly [symbol: string, right: "C" | "P", strike: number, price: string, tick: string];

const options = (rows: readonly OptionRow[]): Instrument[] =>
  rows.map(([symbol, right, strike, price, tick]) => ({
    symbol,
    name: `${symbol} ${strike} ${right === "C" ? "call" : "put"}`,
    price,
    tick,
    right,
    strike,
    assetClass: "derivative",
    kind: "option",
    currency: "USD",
    multiplier: "100",
    quote: "unit",
    lot: 1,
    exchange: symbol === "SPX" ? "XCBO" : "XPHL",
    venue: "OCC",
    market: "us_option",
  }));

const US: Omit<Place, "exchange"> = { currency: "USD", venue: "DTC", market: "us_equity" };
const QUARTERS = "HMUZ";
const EVERY_MONTH = "FGHJKMNQUVXZ";

const EQUITIES: readonly Instrument[] = [
  ...shares({ ...US, exchange: "XNAS" }, [
    ["AAPL", "Apple", "268.40"],
    ["MSFT", "Microsoft", "502.15"],
    ["NVDA", "NVIDIA", "186.20"],
    ["AMZN", "Amazon", "226.75"],
    ["GOOGL", "Alphabet", "289.30"],
    ["META", "Meta Platforms", "604.10"],
    ["TSLA", "Tesla", "408.85"],
  ]),
  ...shares({ ...US, exchange: "XNYS" }, [
    ["JPM", "JPMorgan Chase", "303.60"],
    ["XOM", "Exxon Mobil", "117.45"],
    ["JNJ", "Johnson & Johnson", "198.05"],
    ["WMT", "Walmart", "104.90"],
    ["KO", "Coca-Cola", "71.25"],
  ]),
  ...shares({ currency: "CAD", exchange: "XTSE", venue: "CDS", market: "ca_security" }, [
    ["RY", "Royal Bank of Canada", "208.30"],
    ["CNR", "Canadian National Railway", "134.15"],
  ]),
  ...shares({ currency: "GBP", exchange: "XLON", venue: "CREST", market: "uk_security" }, [
    ["AZN", "AstraZeneca", "133.72"],
    ["HSBA", "HSBC", "10.684"],
    ["SHEL", "Shell", "28.415"],
    ["ULVR", "Unilever", "45.36"],
  ]),
  ...shares({ currency: "EUR", exchange: "XETR", venue: "Clearstream", market: "de_security" }, [
    ["SAP", "SAP", "214.85"],
    ["SIE", "Siemens", "229.60"],
    ["ALV", "Allianz", "358.20"],
  ]),
  ...shares({ currency: "EUR", exchange: "XPAR", venue: "Euroclear", market: "eu_security" }, [
    ["MC", "LVMH", "618.40"],
    ["TTE", "TotalEnergies", "56.12"],
  ]),
  ...shares({ currency: "CHF", exchange: "XSWX", venue: "SIX SIS", market: "ch_security" }, [
    ["NESN", "Nestlé", "79.64"],
    ["NOVN", "Novartis", "103.28"],
  ]),
];

const BONDS: readonly Instrument[] = [
  ...bonds({
    kind: "government_bond",
    currency: "USD",
    tick: "0.015625",
    lot: 10_000,
    exchange: "XXXX",
    venue: "Fedwire",
    market: "us_treasury",
  }, [
    ["US912810TM09", "US Treasury 4 11/15/42", "92.406250"],
    ["US912810TN81", "US Treasury 3 5/8 02/15/53", "83.625000"],
    ["US912810TV08", "US Treasury 4 3/4 11/15/53", "100.312500"],
    ["US91282CJZ59", "US Treasury 4 02/15/34", "100.203125"],
    ["US91282CLW90", "US Treasury 4 1/4 11/15/34", "101.546875"],
  ]),
  ...bonds({
    kind: "corporate_bond",
    currency: "USD",
    tick: "0.001",
    lot: 1_000,
    exchange: "XXXX",
    venue: "DTC",
    market: "us_corporate",
  }, [
    ["US037833BX70", "Apple 4.65 02/23/46", "92.870"],
    ["US594918BT09", "Microsoft 3.7 08/08/46", "81.445"],
    ["US46625HJB78", "JPMorgan Chase 5.6 07/15/41", "104.310"],
    ["US92343VCX01", "Verizon 5.012 08/21/54", "90.155"],
    ["US38141GFD16", "Goldman Sachs 6.75 10/01/37", "110.620"],
  ]),
  ...bonds({
    kind: "government_bond",
    currency: "EUR",
    tick: "0.005",
    lot: 1_000,
    exchange: "XXXX",
    venue: "Clearstream",
    market: "de_security",
  }, [["DE0001102580", "Bund 0 02/15/32", "86.920"]]),
];

const CURRENCY_PAIRS = pairs([
  ["EUR/USD", "1.16050", "0.00001"],
  ["GBP/USD", "1.32370", "0.00001"],
  ["USD/JPY", "152.860", "0.001"],
  ["USD/CHF", "0.80410", "0.00001"],
  ["USD/CAD", "1.39640", "0.00001"],
  ["AUD/USD", "0.65420", "0.00001"],
  ["NZD/USD", "0.57480", "0.00001"],
  ["EUR/GBP", "0.87670", "0.00001"],
  ["USD/SEK", "9.51470", "0.0001"],
  ["USD/MXN", "18.39250", "0.0001"],
]);

const CME = { currency: "USD", venue: "CME Clearing", market: "cme_future" } as const;

const DERIVATIVES: readonly Instrument[] = [
  ...futures("derivative", { ...CME, exchange: "XCME" }, [
    ["ES", "E-mini S&P 500", "6652.25", "0.25", "50", QUARTERS],
    ["NQ", "E-mini Nasdaq-100", "24215.50", "0.25", "20", QUARTERS],
    ["RTY", "E-mini Russell 2000", "2384.60", "0.10", "50", QUARTERS],
    ["ZN", "10-Year T-Note", "112.515625", "0.015625", "1000", QUARTERS],
  ]),
  ...futures("derivative", {
    currency: "EUR",
    exchange: "XEUR",
    venue: "Eurex Clearing",
    market: "eurex_future",
  }, [
    ["FESX", "EURO STOXX 50", "5655", "1", "10", QUARTERS],
    ["FDAX", "DAX", "23890", "1", "25", QUARTERS],
  ]),
  ...options([
    ["SPX", "P", 6500, "84.20", "0.10"],
    ["AAPL", "C", 270, "7.85", "0.05"],
    ["NVDA", "C", 190, "8.40", "0.05"],
    ["TSLA", "P", 400, "18.65", "0.05"],
  ]),
];

const COMMODITIES: readonly Instrument[] = [
  ...futures("commodity", { ...CME, exchange: "XNYM" }, [
    ["CL", "WTI crude oil", "61.35", "0.01", "1000", EVERY_MONTH],
    ["NG", "Natural gas", "4.218", "0.001", "10000", EVERY_MONTH],
  ]),
  ...futures("commodity", { ...CME, exchange: "XCEC" }, [
    ["GC", "Gold", "4068.40", "0.10", "100", "GJMQVZ"],
    ["SI", "Silver", "50.325", "0.005", "5000", "HKNUZ"],
    ["HG", "Copper", "5.0185", "0.0005", "25000", "HKNUZ"],
  ]),
  ...futures("commodity", { ...CME, exchange: "XCBT" }, [
    ["ZC", "Corn, cents a bushel", "437.25", "0.25", "50", "HKNUZ"],
    ["ZW", "Wheat, cents a bushel", "541.50", "0.25", "50", "HKNUZ"],
  ]),
  ...futures("commodity", { currency: "USD", exchange: "IFEU", venue: "ICE Clear", market: "ice_future" }, [
    ["BRN", "Brent crude oil", "65.12", "0.01", "1000", EVERY_MONTH],
  ]),
];

export const INSTRUMENTS: readonly Instrument[] = [
  ...EQUITIES,
  ...BONDS,
  ...CURRENCY_PAIRS,
  ...DERIVATIVES,
  ...COMMODITIES,
];
