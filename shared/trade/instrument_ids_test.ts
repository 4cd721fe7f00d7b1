import assert from "node:assert/strict";
import { findInstrument, instrumentId, SHARE_ISINS } from "./instrument_ids.ts";
import { INSTRUMENTS } from "./instruments.ts";

const CASES: { name: string; spelling: string; want: string }[] = [
  { name: "a ticker", spelling: "AAPL", want: "AAPL" },
  { name: "a share's ISIN", spelling: "US0378331005", want: "AAPL" },
  { name: "a share's CUSIP", spelling: "037833100", want: "AAPL" },
  { name: "a Treasury's CUSIP", spelling: "912810TM0", want: "US912810TM09" },
  { name: "a British ISIN, that holds no CUSIP", spelling: "GB0009895292", want: "AZN" },
  { name: "a currency pair without its slash", spelling: "EURUSD", want: "EUR/USD" },
  { name: "small letters", spelling: " aapl ", want: "AAPL" },
  { name: "a contract it does not list", spelling: "ESZ6", want: "ESZ6" },
];

for (const { name, spelling, want } of CASES) {
  Deno.test(`instrumentId() knows ${name}`, () => {
    assert.equal(instrumentId(spelling), want);
  });
}

const FOUND: { spelling: string; want: string | undefined }[] = [
  { spelling: "US0378331005", want: "AAPL share" },
  { spelling: "AAPL261218C00270000", want: "AAPL option" },
  { spelling: "ESZ6", want: "ES future" },
  { spelling: "USDJPY", want: "USD/JPY spot" },
  { spelling: "XYZ", want: undefined },
];
for (const { spelling, want } of FOUND) {
  Deno.test(`findInstrument() takes ${spelling} for ${want ?? "none of ours"}`, () => {
    const found = findInstrument(spelling);
    assert.equal(found === null ? undefined : `${found.symbol} ${found.kind}`, want);
  });
}

// ISO 6166: the last digit checks the others (Luhn, letters as two digits).
Deno.test("instrumentId() lists ISINs with their right check digit", () => {
  const bonds = INSTRUMENTS.filter(({ assetClass }) => assetClass === "bond").map(({ symbol }) => symbol);
  for (const isin of [...Object.values(SHARE_ISINS), ...bonds]) assert(isSound(isin), isin);
});

function isSound(isin: string): boolean {
  const digits = [...isin].map((letter) => parseInt(letter, 36)).join("");
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
