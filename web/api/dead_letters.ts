/**
 * `/api/v1/dead-letters`: records that could not become facts, with their reason and their bytes.
 *
 * @module
 */

import type { Hono } from "hono";
import { z } from "zod";
import type { DeadLetterRow } from "../components/dead_letters/letter.ts";
import type { DeadLetter, Store } from "../store.ts";
import { readCursor } from "./cursor.ts";
import { type Page, toPage } from "./pages.ts";
import { BadRequestError, toProblemResponse } from "./problem.ts";
import { limit, oneOf, readQuery, text } from "./query.ts";

const STATUSES = ["open", "reingested", "discarded", "all"];

const LIST_QUERY = z.strictObject({
  topic: text.optional(),
  code: text.optional(),
  status: oneOf(STATUSES).default("open"),
  limit,
  cursor: text.optional(),
});

export function addDeadLetterRoutes(api: Hono, store: Store): void {
  api.get("/api/v1/dead-letters", async (c) => {
    return c.json(await readDeadLettersPage(store, new URL(c.req.url).searchParams));
  });
  api.get("/api/v1/dead-letters/summary", async (c) => {
    return c.json({ asOf: new Date().toISOString(), items: await store.deadLetterTallies() });
  });
  api.get("/api/v1/dead-letters/:id", async (c) => {
    const id = c.req.param("id");
    const letter = await loadLetter(store, id);
    if (letter !== null) return c.json({ ...letter, value: letter.value?.toBase64() ?? null });
    return toProblemResponse({ status: 404, title: "Not found", detail: `There is no dead letter "${id}".` });
  });
}

/** @throws {BadRequestError} */
export async function readDeadLettersPage(
  store: Store,
  params: URLSearchParams,
): Promise<Page<DeadLetterRow>> {
  const { limit, cursor, status, ...filter } = readQuery(LIST_QUERY, params);
  const [, before] = cursor === undefined ? [] : readCursor(cursor);
  if (before !== undefined && !/^\d{1,18}$/.test(before)) {
    throw new BadRequestError("cursor is one of another list");
  }
  const wanted = { ...filter, status: status === "all" ? undefined : status };
  const rows = await store.deadLetters(wanted, { rowsMax: limit + 1, before });
  return toPage(rows, limit, ({ recorded_at, id }) => [recorded_at, String(id)]);
}

export async function loadLetter(store: Store, id: string): Promise<DeadLetter | null> {
  return /^\d{1,18}$/.test(id) ? await store.deadLetter(id) : null;
}
