/**
 * `/system`: how the pipeline runs. It is there also while the database is away.
 *
 * @module
 */

import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { define } from "../define.ts";
import System from "../islands/System.tsx";

export const handler = define.handlers({
  GET: async ({ state: { feed, system } }) => {
    const { position } = feed;
    return page({ system: await system(), position }, { headers: { "cache-control": "no-store" } });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <>
    <Head>
      <title>System · Breakwater</title>
      {["/charts.css", "/system.css"].map((file) => <link key={file} rel="stylesheet" href={asset(file)} />)}
    </Head>
    <System {...data} />
  </>
));
