/**
 * `/breaks`: breaks by status, type and counterparty, a page at a time.
 *
 * @module
 */

import { HttpError, page } from "fresh";
import { readBreaksPage } from "../api/break_pages.ts";
import { BadRequestError } from "../api/problem.ts";
import { BREAK_TYPES } from "../api/query.ts";
import { Choice, Filters, Pager, Word } from "../components/filters.tsx";
import { BreaksTable } from "../components/tables.tsx";
import { define } from "../define.ts";

const STATUSES = ["open", "resolved", "written_off", "closed", "all"];

export const handler = define.handlers({
  GET: async ({ url, state: { store } }) => {
    const params = new URLSearchParams([...url.searchParams].filter(([, value]) => value !== ""));
    try {
      return page({ params: Object.fromEntries(params), ...await readBreaksPage(store, params) });
    } catch (error) {
      if (error instanceof BadRequestError) throw new HttpError(400, error.message);
      throw error;
    }
  },
});

export default define.page<typeof handler>(({ data: { params, items, next } }) => (
  <div class="page">
    <h1>Breaks</h1>
    <Filters action="/breaks">
      <Choice name="status" label="State" of={STATUSES} value={params.status} none="Not closed" />
      <Choice name="type" label="Type" of={BREAK_TYPES} value={params.type} />
      <Word name="counterparty" label="Counterparty" value={params.counterparty} />
    </Filters>
    <div class="card">
      <div class="scroll">
        <BreaksTable rows={items} caption="Breaks" />
        {items.length === 0 && <p class="empty">No break matches</p>}
      </div>
    </div>
    <Pager path="/breaks" params={params} next={next} />
  </div>
));
