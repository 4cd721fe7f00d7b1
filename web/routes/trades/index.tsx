/**
 * `/trades`: stored trades in any order that has an index, by any filter. The filters are those of the API, so that an
 * address here and one there say the same. Without scripts it is pages with links between them.
 *
 * @module
 */

import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { BadRequestError } from "../../api/problem.ts";
import { readTradesPage } from "../../api/trade_pages.ts";
import { toAddress } from "../../components/trades/filter.ts";
import { define } from "../../define.ts";
import Trades from "../../islands/Trades.tsx";

const PAGE_ROWS = "100";

export const handler = define.handlers({
  GET: async ({ url, state: { store, feed } }) => {
    const params = readParams(url.searchParams);
    const { columns: _, ...query } = params;
    const [position, asOf] = [feed.position, new Date().toISOString()];
    try {
      const [rows, kpi] = await Promise.all([
        readTradesPage(store, new URLSearchParams({ limit: PAGE_ROWS, ...query, count: "true" })),
        feed.kpi ?? feed.board().then((board) => board?.kpi),
      ]);
      const options = {
        counterparties: Object.keys(kpi?.byCounterparty ?? {}).sort(),
        venues: Object.keys(kpi?.byVenue ?? {}).sort(),
      };
      return page({ params, rows, options, position, asOf: kpi?.asOf ?? asOf }, {
        headers: { "cache-control": "no-store" },
      });
    } catch (error) {
      if (error instanceof BadRequestError) throw new HttpError(400, error.message);
      throw error;
    }
  },
});

export default define.page<typeof handler>(({ data: { params, rows, options, position, asOf } }) => (
  <>
    <Head>
      <title>Trades · Breakwater</title>
      <link rel="stylesheet" href={asset("/breaks.css")} />
      <link rel="stylesheet" href={asset("/trades.css")} />
    </Head>
    <h1 class="hidden">Trades</h1>
    <Trades params={params} page={rows} options={options} position={position} asOf={asOf} />
    <nav class="filters pages" aria-label="Pages of the list">
      {rows.prev !== null && <a class="button" href={toAddress(params)}>First page</a>}
      {rows.next !== null && <a class="button" href={toPage(params, rows.next)} rel="next">Next page</a>}
    </nav>
  </>
));

/** An empty field of the form is no filter; ticked columns are one parameter. */
function readParams(query: URLSearchParams): Record<string, string> {
  const columns = query.getAll("column").join(",");
  const given = [...query].filter(([name, value]) => value !== "" && name !== "column");
  return { ...Object.fromEntries(given), ...columns !== "" && { columns } };
}

function toPage(params: Record<string, string>, cursor: string): string {
  return toAddress(params, { cursor });
}
