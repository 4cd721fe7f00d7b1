/**
 * `/breaks`: the workbench. Its filters are those of the API, so that an address here and one there say the same;
 * `break` names the one that is open beside the queue.
 *
 * @module
 */

import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { loadStory } from "../../api/break_actions.ts";
import { readBreaksPage } from "../../api/break_pages.ts";
import { BadRequestError } from "../../api/problem.ts";
import { PAGE_ROWS } from "../../components/breaks/client.ts";
import { readFilter, toQuery } from "../../components/breaks/queue.ts";
import { readUser } from "../../components/who.ts";
import { define } from "../../define.ts";
import Workbench from "../../islands/Workbench.tsx";
import { COUNTERPARTIES } from "../../../shared/trade/counterparties.ts";
import type { Store } from "../../store.ts";

export const handler = define.handlers({
  GET: async ({ url, req, state: { store, feed } }) => {
    const user = readUser(req.headers.get("cookie") ?? "");
    // Read before the rows, so that nothing which changes in between is missed.
    const start = { position: feed.position, asOf: new Date().toISOString() };
    const params = new URLSearchParams([...url.searchParams].filter(([, value]) => value !== ""));
    const id = params.get("break");
    params.delete("break");
    const filter = readFilter(params);
    try {
      const [{ items, next }, opened, summary] = await Promise.all([
        loadRows(store, params, user),
        id === null ? null : loadStory(store, id),
        store.breakSummary({}),
      ]);
      const nextPage = next === null ? null : `/breaks?${toQuery({ ...filter }, null)}&cursor=${next}`;
      return page({ ...start, rows: items, next, nextPage, filter, user, opened, summary }, {
        headers: { "cache-control": "no-store" },
      });
    } catch (error) {
      if (error instanceof BadRequestError) throw new HttpError(400, error.message);
      throw error;
    }
  },
});

/** Someone who has not said who they are has no breaks. What is no trade may be an execution. */
async function loadRows(store: Store, params: URLSearchParams, user: string | null) {
  if (params.get("owner") === "me" && user === null) return { items: [], next: null };
  if (!params.has("limit")) params.set("limit", String(PAGE_ROWS));
  const found = await readBreaksPage(store, params, user);
  const id = params.get("tradeId");
  if (found.items.length > 0 || id === null) return found;
  params.delete("tradeId");
  params.set("execId", id);
  return await readBreaksPage(store, params, user);
}

export default define.page<typeof handler>(({ data }) => (
  <>
    <Head>
      <title>Breaks · Breakwater</title>
      <link rel="stylesheet" href={asset("/breaks.css")} />
    </Head>
    <Workbench {...data} counterparties={namesOf(data.filter.counterparty)} />
  </>
));

/** Those we know, and the one that was asked for. */
function namesOf(asked: string | undefined): string[] {
  return [...new Set([...COUNTERPARTIES.map(({ name }) => name), ...asked ? [asked] : []])];
}
