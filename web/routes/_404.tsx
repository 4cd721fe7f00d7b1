/**
 * What is not there.
 *
 * @module
 */

import { HttpError, page } from "fresh";
import { define } from "../define.ts";

// Fresh answers a rendered 404 page with 200 unless it is told.
export const handler = define.handlers({
  GET: ({ error }) => {
    const text = error instanceof HttpError ? error.message : "";
    return page({ text: text && text !== "404" ? text : "There is nothing at this address." }, {
      status: 404,
    });
  },
});

export default define.page<typeof handler>(({ data: { text } }) => (
  <div class="page">
    <h1>Not found</h1>
    <p>{text}</p>
    <p>
      <a href="/">To the board</a>
    </p>
  </div>
));
