/**
 * `/trades`: stored trades by any filter, a page at a time. The filters are those of the API, so that an address
 * here and one there say the same.
 *
 * @module
 */

import { HttpError, page } from "fresh";
import { BadRequestError } from "../../api/problem.ts";
import { readTradesPage } from "../../api/trade_pages.ts";
import { Choice, Filters, Pager, Word } from "../../components/filters.tsx";
import { TradesTable } from "../../components/tables.tsx";
import { define } from "../../define.ts";

const ASSET_CLASSES = ["equity", "bond", "derivative", "fx", "commodity"];
const STATUSES = ["pending_confirmation", "confirmed", "settlement_pending", "settled", "break", "cancelled"];

export const handler = define.handlers({
  GET: async ({ url, state: { store } }) => {
    // An empty field of the form is no filter.
    const params = new URLSearchParams([...url.searchParams].filter(([, value]) => value !== ""));
    try {
      return page({ params: Object.fromEntries(params), ...await readTradesPage(store, params) });
    } catch (error) {
      if (error instanceof BadRequestError) throw new HttpError(400, error.message);
      throw error;
    }
  },
});

export default define.page<typeof handler>(({ data: { params, items, next } }) => (
  <div class="page">
    <h1>Trades</h1>
    <Filters action="/trades">
      <Choice name="assetClass" label="Asset class" of={ASSET_CLASSES} value={params.assetClass} />
      <Choice name="status" label="Status" of={STATUSES} value={params.status} />
      <Word name="counterparty" label="Counterparty" value={params.counterparty} />
      <Word name="instrument" label="Instrument" value={params.instrument} />
      <Word name="venue" label="Venue" value={params.venue} />
      <Word name="tradeId" label="Trade" value={params.tradeId} />
      <Word name="from" label="Traded from" value={params.from} type="date" />
      <Word name="to" label="Traded to" value={params.to} type="date" />
    </Filters>
    <div class="card">
      <div class="scroll">
        <TradesTable rows={items} caption="Trades" isDated />
        {items.length === 0 && <p class="empty">No trade matches</p>}
      </div>
    </div>
    <Pager path="/trades" params={params} next={next} />
  </div>
));
