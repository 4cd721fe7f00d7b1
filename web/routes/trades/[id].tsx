/**
 * `/trades/:id`: one trade's whole story, or that of a fill that nobody has booked; with `?asOf=` as it was.
 *
 * @module
 */

import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { BadRequestError } from "../../api/problem.ts";
import { readQuery, TRADE_QUERY } from "../../api/query.ts";
import { loadStoryOf } from "../../api/trade_story.ts";
import { define } from "../../define.ts";
import TradePage from "../../islands/TradePage.tsx";

export const handler = define.handlers({
  GET: async ({ params, url, state: { store, feed } }) => {
    const id = params.id ?? "";
    const position = feed.position;
    const asOf = readAsOf(url.searchParams);
    const story = await loadStoryOf(store, id, asOf);
    if (story === null) throw new HttpError(404, `There is no trade ${id}${asOf ? ` as of ${asOf}` : ""}.`);
    return page({ id, story, position, now: new Date().toISOString() }, {
      headers: { "cache-control": "no-store" },
    });
  },
});

export default define.page<typeof handler>(({ data: { id, story, position, now } }) => (
  <>
    <Head>
      <title>{id} · Breakwater</title>
      <link rel="stylesheet" href={asset("/fix.css")} />
      <link rel="stylesheet" href={asset("/breaks.css")} />
      <link rel="stylesheet" href={asset("/trades.css")} />
    </Head>
    <TradePage story={story} position={position} asOf={now} />
  </>
));

function readAsOf(query: URLSearchParams): string | undefined {
  try {
    return readQuery(TRADE_QUERY, query).asOf;
  } catch (error) {
    if (error instanceof BadRequestError) throw new HttpError(400, error.message);
    throw error;
  }
}
