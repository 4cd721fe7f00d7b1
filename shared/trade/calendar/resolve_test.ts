import assert from "node:assert/strict";
import { INSTRUMENTS } from "../instruments.ts";
import { contractSymbol } from "../contracts.ts";
import { resolveMarket, type Traded } from "./resolve.ts";

/** `asset class | instrument | venue -> market, pair or code` */
const CASES = `
  equity | AAPL | DTC -> us_equity
  equity | AAPL | -> us_equity
  equity | AAPL | Euroclear -> us_equity
  equity | aapl | nasdaq -> us_equity
  equity | SAP | Clearstream -> de_security
  equity | SAP | DTC -> us_equity
  equity | XYZ | XNYS -> us_equity
  equity | | London Stock Exchange -> uk_security
  equity | VOD.L | -> uk_security
  equity | 7203.T | -> jp_security
  equity | 7203 | JASDEC -> jp_security
  equity | RY.TO | -> ca_security
  equity | NESN | SIX SIS -> ch_security
  equity | MC | XPAR -> eu_security
  equity | US0378331005 | Clearstream -> us_equity
  equity | GB0009895292 | Euroclear -> uk_security
  equity | XYZ | Euroclear -> eu_security
  equity | XYZ | -> unknown_market
  equity | XYZ | Moon Stock Exchange -> unknown_market
  equity | AAPL | Fedwire -> unknown_market
  equity | AAPL | CME -> unknown_market
  bond | US912810TM09 | Euroclear -> us_treasury
  bond | 912810TM0 | DTC -> us_treasury
  bond | US Treasury 10Y | DTC -> us_treasury
  bond | US037833BX70 | DTC -> us_corporate
  bond | 10Y | Fedwire -> us_treasury
  bond | Corporate Bond AAA | DTC -> us_corporate
  bond | GB00B24FF097 | CREST -> uk_gilt
  bond | UK Gilt 4 3/4 2030 | -> uk_gilt
  bond | DE0001102580 | Clearstream -> de_security
  bond | German Bund 10Y | Euroclear -> de_security
  bond | JGB 10Y | JASDEC -> jp_government
  bond | XS1234567890 | Euroclear -> eu_security
  bond | XYZ | -> unknown_market
  fx | EUR/USD | CLS -> EUR/USD
  fx | eurusd | -> EUR/USD
  fx | USD-CAD | -> USD/CAD
  fx | EUR/EUR | -> bad_currency_pair
  fx | EURO | -> bad_currency_pair
  fx | USD/TRY | -> unknown_currency
  fx | KRW/USD | -> unknown_currency
  derivative | ESZ6 | -> cme_future
  derivative | ES | CME Clearing -> cme_future
  derivative | FDAXZ6 | -> eurex_future
  derivative | FESX | Eurex -> eurex_future
  derivative | AAPL261218C00270000 | -> us_option
  derivative | SPX | OCC -> us_option
  derivative | S&P 500 Futures | CME -> cme_future
  derivative | Interest rate swap | LCH -> unknown_market
  commodity | CLF7 | -> cme_future
  commodity | BRN | ICE Clear -> ice_future
  commodity | Gold | COMEX -> cme_future
  commodity | XAU/USD | -> unknown_market
`;

for (const line of CASES.trim().split(/\n */)) {
  const [, assetClass, instrument, venue, want] = /^(\w+) \| (.*?) ?\| ?(.*?) ?-> (\S+)$/.exec(line)!;
  Deno.test(`resolveMarket() of ${assetClass} "${instrument}" at "${venue}" is ${want}`, () => {
    const resolved = resolveMarket({ assetClass, instrument, venue } as Traded);
    const got = resolved.kind === "security"
      ? resolved.market
      : resolved.kind === "spot"
      ? resolved.pair.join("/")
      : resolved.code;
    assert.equal(got, want);
  });
}

Deno.test("resolveMarket() knows every instrument of ours by its symbol on a day, with its venue and without", () => {
  for (const instrument of INSTRUMENTS) {
    const { assetClass, venue, market } = instrument;
    const symbol = contractSymbol(instrument, "2026-11-23");
    const [bare, full] = [undefined, venue].map((place) =>
      resolveMarket({ assetClass, instrument: symbol, venue: place })
    );
    assert.deepEqual(bare, full, symbol);
    assert.equal(full!.kind === "security" ? full!.market : full!.kind, market.replace("fx_", ""), symbol);
  }
});
