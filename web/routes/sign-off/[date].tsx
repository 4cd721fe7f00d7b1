/**
 * `/sign-off/:date`: what was open when a business date was signed, as it was then. Made to be printed, too.
 *
 * @module
 */

import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { SEVERITIES } from "../../components/breaks/break.ts";
import { SeverityMark } from "../../components/breaks/marks.tsx";
import { toCompared } from "../../components/breaks/QueueTable.tsx";
import { Facts } from "../../components/facts.tsx";
import { Instant, Status } from "../../components/tables.tsx";
import { define } from "../../define.ts";
import { formatAmount, formatCount, formatName } from "../../../shared/kpi/mod.ts";
import type { SignedBreak } from "../../store.ts";

export const handler = define.handlers({
  GET: async ({ params, state: { store } }) => {
    const date = params.date ?? "";
    const signed = isDay(date) ? await store.signOffOf(date) : null;
    if (signed === null) throw new HttpError(404, `${date} is not signed off.`);
    return page({ signed });
  },
});

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}

export default define.page<typeof handler>(({ data: { signed } }) => (
  <div class="page">
    <Head>
      <title>{`End of day ${signed.business_date} · Breakwater`}</title>
      <link rel="stylesheet" href={asset("/breaks.css")} />
    </Head>
    <h1>End of day {signed.business_date}</h1>
    <p class="off-paper">
      <a href="/sign-off">All dates</a>
    </p>
    <div class="card">
      <Facts
        facts={[
          ["Signed by", signed.signed_by],
          ["At", <Instant key="at" at={signed.signed_at} isDated />],
          ["Open", formatCount(signed.breaks)],
          ["Value, USD", formatAmount(signed.notional_usd)],
          ["Overdue", formatCount(signed.overdue)],
          ["Opened that day", formatCount(signed.opened)],
          ["Closed that day", formatCount(signed.closed)],
          ["By owner", toTallies(signed.by_owner, (name) => name === "" ? "nobody" : name)],
          ["By severity", toTallies(inOrder(signed.by_severity), formatName)],
          ["What was said", signed.text ?? "—"],
          ["Digest, SHA-256", <code key="digest" class="digest">{signed.digest}</code>],
        ]}
      />
    </div>
    <h2>What was open</h2>
    <div class="card">
      <div class="scroll" tabIndex={0} role="region" aria-label="What was open, table">
        {signed.items.length === 0 ? <p class="empty">Nothing was open.</p> : <Frozen rows={signed.items} />}
      </div>
    </div>
  </div>
));

function toTallies(
  tallies: Readonly<Record<string, { breaks: number }>>,
  say: (name: string) => string,
): string {
  const said = Object.entries(tallies).map(([name, { breaks }]) => `${say(name)} ${formatCount(breaks)}`);
  return said.join(", ") || "—";
}

/** The worst first. */
function inOrder<T>(tallies: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(SEVERITIES.flatMap((name) => tallies[name] ? [[name, tallies[name]]] : []));
}

function Frozen({ rows }: { rows: readonly SignedBreak[] }) {
  return (
    <table>
      <caption>What was open</caption>
      <thead>
        <tr>
          <th scope="col">Severity</th>
          <th scope="col">Break</th>
          <th scope="col">Trade</th>
          <th scope="col">Counterparty</th>
          <th scope="col" class="num">Book</th>
          <th scope="col" class="num">Street</th>
          <th scope="col" class="num">Value USD</th>
          <th scope="col" class="num">Days</th>
          <th scope="col">Deadline</th>
          <th scope="col">State</th>
          <th scope="col">Owner</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.break_id}>
            <td>
              <SeverityMark severity={row.severity} />
            </td>
            <th scope="row">
              <a href={`/breaks/${row.break_id}`}>{formatName(row.type)}, break {row.break_id}</a>
            </th>
            <td>{row.trade_id}</td>
            <td>{row.counterparty ?? "—"}</td>
            <td class="num">{toCompared(row.book)}</td>
            <td class="num">{toCompared(row.street)}</td>
            <td class="num">{row.notional_usd === null ? "—" : formatAmount(row.notional_usd)}</td>
            <td class="num">{row.age_business_days ?? "—"}</td>
            <td>{row.overdue === null ? "—" : row.overdue ? <b>Overdue</b> : "In time"}</td>
            <td>
              <Status status={row.status} />
            </td>
            <td>{row.owner ?? "nobody"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
