/**
 * `/breaks/:id`: one break, to be worked on, linked to and printed.
 *
 * @module
 */

import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { loadStory } from "../../api/break_actions.ts";
import { readUser } from "../../components/who.ts";
import { define } from "../../define.ts";
import BreakPage from "../../islands/BreakPage.tsx";
import { formatName } from "../../../shared/kpi/mod.ts";

export const handler = define.handlers({
  GET: async ({ params, req, state: { store, feed } }) => {
    const start = { position: feed.position, asOf: new Date().toISOString() };
    const story = await loadStory(store, params.id ?? "");
    if (story === null) throw new HttpError(404, `There is no break ${params.id}.`);
    const user = readUser(req.headers.get("cookie") ?? "");
    return page({ ...start, story, user }, { headers: { "cache-control": "no-store" } });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <>
    <Head>
      <title>{`${formatName(data.story.type)}, break ${data.story.id} · Breakwater`}</title>
      <link rel="stylesheet" href={asset("/breaks.css")} />
    </Head>
    <BreakPage {...data} />
  </>
));
