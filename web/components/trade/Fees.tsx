/**
 * The fees of a trade and whether they add up, exactly.
 *
 * @module
 */

import { formatAmount, type TradeRow } from "../../../shared/kpi/mod.ts";
import { differenceOf } from "../breaks/difference.ts";

type Charged = Pick<TradeRow, "brokerage_fee" | "clearing_fee" | "exchange_fee" | "total_fees" | "currency">;

export function Fees({ trade }: { trade: Charged }) {
  const { brokerage_fee, clearing_fee, exchange_fee, total_fees, currency } = trade;
  const sum = sumOf([brokerage_fee, clearing_fee, exchange_fee]);
  const isSound = differenceOf(sum, total_fees)?.startsWith("+0") ?? false;
  const rows = [["Brokerage", brokerage_fee], ["Clearing", clearing_fee], [
    "Exchange",
    exchange_fee,
  ]] as const;
  return (
    <div class="card">
      <table class="fees">
        <caption>Fees in {currency}</caption>
        <tbody>
          {rows.map(([name, amount]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="num">{formatAmount(amount)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Total, as sent</th>
            <td class="num">
              <b>{formatAmount(total_fees)}</b>
            </td>
          </tr>
        </tfoot>
      </table>
      <p class="note below">
        {isSound
          ? <span class="agree">The three add up to the total</span>
          : <b class="alarm">≠ The three add up to {formatAmount(sum)}: {differenceOf(sum, total_fees)}</b>}
      </p>
    </div>
  );
}

/** Of decimal texts, exactly. */
export function sumOf(amounts: readonly string[]): string {
  const read = amounts.map((amount) => {
    const [, sign = "", whole = "0", fraction = ""] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [];
    return { sign: sign === "-" ? -1n : 1n, whole, fraction };
  });
  const scale = Math.max(0, ...read.map(({ fraction }) => fraction.length));
  const units = read.reduce(
    (sum, { sign, whole, fraction }) => sum + sign * BigInt(whole + fraction.padEnd(scale, "0")),
    0n,
  );
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, "0");
  const at = digits.length - scale;
  return `${units < 0n ? "-" : ""}${digits.slice(0, at)}${scale > 0 ? `.${digits.slice(at)}` : ""}`;
}
