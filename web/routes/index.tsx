/**
 * `/`: the board, with the figures of this moment in its HTML. Its address names a range of time and filters.
 *
 * @module
 */

import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { isWhole, type View } from "../../shared/kpi/mod.ts";
import { readView } from "../api/board.ts";
import { BadRequestError } from "../api/problem.ts";
import { define } from "../define.ts";
import Board from "../islands/Board.tsx";

export const handler = define.handlers({
  GET: async ({ url, state: { feed } }) => {
    const view = readAddress(url);
    const board = isWhole(view) ? await feed.board() : await feed.view(view);
    return page({ board, view, isStill: feed.status.database === "away" }, {
      headers: { "cache-control": "no-store" },
    });
  },
});

export default define.page<typeof handler>(({ data: { board, view, isStill } }) => (
  <>
    <Head>
      {["/board.css", "/charts.css"].map((file) => <link key={file} rel="stylesheet" href={asset(file)} />)}
    </Head>
    <h1 class="hidden">Board</h1>
    <Board board={board} view={view} isStill={isStill} />
  </>
));

function readAddress(url: URL): View {
  try {
    return readView(url.searchParams);
  } catch (error) {
    if (error instanceof BadRequestError) throw new HttpError(400, error.message);
    throw error;
  }
}
