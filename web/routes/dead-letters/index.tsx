/**
 * `/dead-letters`: records that could not become facts, by reason and topic.
 *
 * @module
 */

import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { readDeadLettersPage } from "../../api/dead_letters.ts";
import { BadRequestError } from "../../api/problem.ts";
import { readLetterFilter } from "../../components/dead_letters/letter.ts";
import { define } from "../../define.ts";
import DeadLetters from "../../islands/DeadLetters.tsx";

export const handler = define.handlers({
  GET: async ({ url, state: { store, feed } }) => {
    const start = { position: feed.position, asOf: new Date().toISOString() };
    const params = new URLSearchParams([...url.searchParams].filter(([, value]) => value !== ""));
    try {
      const [{ items, next }, tallies] = await Promise.all([
        readDeadLettersPage(store, params),
        store.deadLetterTallies(),
      ]);
      const topics = [...new Set(tallies.map(({ topic }) => topic))].sort();
      return page({ ...start, rows: items, next, tallies, topics, filter: readLetterFilter(params) }, {
        headers: { "cache-control": "no-store" },
      });
    } catch (error) {
      if (error instanceof BadRequestError) throw new HttpError(400, error.message);
      throw error;
    }
  },
});

export default define.page<typeof handler>(({ data }) => (
  <>
    <Head>
      <title>Dead letters · Breakwater</title>
      <link rel="stylesheet" href={asset("/breaks.css")} />
    </Head>
    <DeadLetters {...data} />
  </>
));
