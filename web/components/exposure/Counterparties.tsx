/**
 * What is open with each counterparty, and how much of its limit that is: as a number, a word and a bar.
 *
 * @module
 */

import { formatAmount, formatCount, formatShort } from "../../../shared/kpi/mod.ts";
import { type Counterparty, type ExposureFilter, type LimitState, toExposureQuery } from "./exposure.ts";

interface Props {
  readonly rows: readonly Counterparty[];
  readonly filter: ExposureFilter;
  readonly onLimit: (counterparty: string) => void;
}

export function Counterparties({ rows, filter, onLimit }: Props) {
  return (
    <table class="counterparties">
      <caption>Counterparties</caption>
      <thead>
        <tr>
          <th scope="col">Counterparty</th>
          <th scope="col">Limit</th>
          <th scope="col" class="c-use">Use</th>
          <th scope="col" class="num">Used of limit, USD</th>
          <th scope="col" class="num">Gross, USD</th>
          <th scope="col" class="num">Net, USD</th>
          <th scope="col" class="num">Bought, USD</th>
          <th scope="col" class="num">Sold, USD</th>
          <th scope="col" class="num">Trades</th>
          <th scope="col">
            <span class="hidden">Change</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.counterparty} class={row.state}>
            <th scope="row">
              <a href={`/exposure${toExposureQuery({ ...filter, counterparty: row.counterparty })}`}>
                {row.counterparty}
              </a>
            </th>
            <td>
              <LimitMark state={row.state} />
            </td>
            <td class="c-use">
              <Use row={row} />
            </td>
            <td class="num">
              <Used row={row} />
            </td>
            <td class="num">{formatAmount(row.gross_usd, 0)}</td>
            <td class="num">{formatAmount(row.net_usd, 0)}</td>
            <td class="num">{formatAmount(row.bought_usd, 0)}</td>
            <td class="num">{formatAmount(row.sold_usd, 0)}</td>
            <td class="num">
              <a
                href={`/trades?${new URLSearchParams({ counterparty: row.counterparty })}`}
                aria-label={`${formatCount(row.trades)} trades with ${row.counterparty}`}
              >
                {formatCount(row.trades)}
              </a>
            </td>
            <td class="num">
              <button
                type="button"
                class="plain"
                aria-label={`Limit of ${row.counterparty}`}
                onClick={() => onLimit(row.counterparty)}
              >
                Limit…
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const WORDS: Record<LimitState, string> = {
  none: "No limit",
  ok: "Within",
  warn: "Warning",
  breach: "Breach",
};
const SHAPES: Record<LimitState, string> = { none: "none", ok: "ok", warn: "degraded", breach: "away" };

export function LimitMark({ state }: { state: LimitState }) {
  return <span class={`health ${SHAPES[state]}`}>{WORDS[state]}</span>;
}

function Used({ row: { used_usd, breach_usd, warn_usd, measure } }: { row: Counterparty }) {
  if (used_usd === null || breach_usd === null) return <>—</>;
  const warns = warn_usd === null ? "" : `, warns from ${formatAmount(warn_usd)}`;
  return (
    <span title={`${formatAmount(used_usd)} of ${formatAmount(breach_usd)} ${measure}${warns}`}>
      {formatShort(used_usd)} of {formatShort(breach_usd)} <span class="note">{measure}</span>
    </span>
  );
}

const WIDTH = 120;
/** The bar goes on beyond the limit, so that it can be seen how far above it something is. */
const BEYOND = 1.25;

/** A bar with two strokes across it: where the warning begins, and the limit. The percentage says the same. */
function Use({ row: { use, warn_usd, breach_usd } }: { row: Counterparty }) {
  if (use === null) return <>—</>;
  const whole = Math.max(BEYOND, use);
  const at = (share: number) => Math.round(share / whole * WIDTH * 10) / 10;
  const warn = Number(warn_usd) / Number(breach_usd);
  return (
    <>
      <svg class="use" viewBox={`0 0 ${WIDTH} 14`} width={WIDTH} height="14" aria-hidden="true">
        <rect class="track" x="0" y="3" width={WIDTH} height="8" rx="2" />
        <rect class="fill" x="0" y="3" width={at(use)} height="8" rx="2" />
        <rect class="at-warn" x={at(warn) - 0.5} y="1" width="1.5" height="12" />
        <rect class="at-breach" x={at(1) - 1} y="0" width="2.5" height="14" />
      </svg>{" "}
      {(use * 100).toFixed(1)} %
    </>
  );
}
