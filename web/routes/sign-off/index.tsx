/**
 * `/sign-off`: the end of a business day: what stays open, to be signed, and what was signed before.
 *
 * @module
 */

import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { BadRequestError } from "../../api/problem.ts";
import { readSignOffs } from "../../api/sign_off.ts";
import { SEVERITIES } from "../../components/breaks/break.ts";
import { readUser } from "../../components/who.ts";
import { Facts } from "../../components/facts.tsx";
import { Pager } from "../../components/filters.tsx";
import { Instant } from "../../components/tables.tsx";
import { define } from "../../define.ts";
import SignOff from "../../islands/SignOff.tsx";
import { formatAmount, formatCount, formatName } from "../../../shared/kpi/mod.ts";
import { today } from "../../store/business_day.ts";
import type { SignOff as Signed } from "../../store.ts";

export const handler = define.handlers({
  GET: async ({ url, req, state: { store } }) => {
    try {
      const [{ items, next }, summary] = await Promise.all([
        readSignOffs(store, url.searchParams),
        store.breakSummary({}),
      ]);
      const params = Object.fromEntries(url.searchParams);
      const user = readUser(req.headers.get("cookie") ?? "");
      return page({ items, next, params, summary, user, today: today() }, {
        headers: { "cache-control": "no-store" },
      });
    } catch (error) {
      if (error instanceof BadRequestError) throw new HttpError(400, error.message);
      throw error;
    }
  },
});

export default define.page<typeof handler>(({ data: { items, next, params, summary, user, today } }) => (
  <div class="page">
    <Head>
      <title>End of day · Breakwater</title>
      <link rel="stylesheet" href={asset("/breaks.css")} />
    </Head>
    <h1>End of day</h1>
    <h2>Open now</h2>
    <div class="card">
      <Facts
        facts={[
          ["Breaks", <a key="open" href="/breaks">{formatCount(summary.breaks)}</a>],
          ["Value, USD", formatAmount(summary.notional)],
          ["Overdue", <a key="late" href="/breaks?overdue=true">{formatCount(summary.overdue)}</a>],
          [
            "Wait for approval",
            (
              <a key="wait" href="/breaks?status=pending_approval">
                {formatCount(summary.byStatus.pending_approval?.breaks ?? 0)}
              </a>
            ),
          ],
          [
            "Nobody's",
            (
              <a key="nobody" href="/breaks?owner=none">{formatCount(summary.byOwner[""]?.breaks ?? 0)}</a>
            ),
          ],
          ...SEVERITIES.map((severity) =>
            [formatName(severity), formatCount(summary.bySeverity[severity]?.breaks ?? 0)] as const
          ),
        ]}
      />
    </div>
    <SignOff user={user} today={today} open={summary.breaks} />
    <h2>Signed</h2>
    <div class="card">
      <div class="scroll" tabIndex={0} role="region" aria-label="Signed dates, table">
        {items.length === 0 ? <p class="empty">No date is signed yet.</p> : <SignedTable rows={items} />}
      </div>
    </div>
    <Pager path="/sign-off" params={params} next={next} />
  </div>
));

function SignedTable({ rows }: { rows: readonly Signed[] }) {
  return (
    <table>
      <caption>Signed dates</caption>
      <thead>
        <tr>
          <th scope="col">Date</th>
          <th scope="col">Signed by</th>
          <th scope="col">At</th>
          <th scope="col" class="num">Open</th>
          <th scope="col" class="num">Overdue</th>
          <th scope="col" class="num">Value USD</th>
          <th scope="col" class="num">Opened</th>
          <th scope="col" class="num">Closed</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.business_date}>
            <th scope="row">
              <a href={`/sign-off/${row.business_date}`}>{row.business_date}</a>
            </th>
            <td>{row.signed_by}</td>
            <td>
              <Instant at={row.signed_at} isDated />
            </td>
            <td class="num">{formatCount(row.breaks)}</td>
            <td class="num">{formatCount(row.overdue)}</td>
            <td class="num">{formatAmount(row.notional_usd)}</td>
            <td class="num">{formatCount(row.opened)}</td>
            <td class="num">{formatCount(row.closed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
