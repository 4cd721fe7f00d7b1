/**
 * `/`: the board, with the figures of this moment in its HTML.
 *
 * @module
 */

import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { define } from "../define.ts";
import Board from "../islands/Board.tsx";

export const handler = define.handlers({
  GET: async ({ state: { feed } }) => {
    const board = await feed.board();
    return page({ board, isStill: feed.status.database === "away" }, {
      headers: { "cache-control": "no-store" },
    });
  },
});

export default define.page<typeof handler>(({ data: { board, isStill } }) => (
  <>
    <Head>
      {["/board.css", "/charts.css"].map((file) => <link key={file} rel="stylesheet" href={asset(file)} />)}
    </Head>
    <h1 class="hidden">Board</h1>
    <Board board={board} isStill={isStill} />
  </>
));
