/**
 * What went wrong, without its inside.
 *
 * @module
 */

import { HttpError, page } from "fresh";
import { messageOf } from "../../shared/platform/retry.ts";
import { isTransient } from "../../shared/platform/postgres.ts";
import { define } from "../define.ts";

interface Told {
  readonly title: string;
  readonly text: string;
  readonly status: number;
}

export const handler = define.handlers(({ error }) => {
  const told = toTold(error);
  if (told.status === 500) console.error(error);
  return page(told, { status: told.status });
});

export default define.page<typeof handler>(({ data: { title, text } }) => (
  <div class="page">
    <h1>{title}</h1>
    <p>{text}</p>
    <p>
      <a href="/">To the board</a>
    </p>
  </div>
));

function toTold(error: unknown): Told {
  if (error instanceof HttpError && error.status < 500) {
    return { title: "This request cannot be answered", text: error.message, status: error.status };
  }
  if (isTransient(error)) {
    return { title: "Database away", text: `Try again in a moment: ${messageOf(error)}`, status: 503 };
  }
  return {
    title: "Something failed",
    text: "It failed on our side; the server's log says what.",
    status: 500,
  };
}
