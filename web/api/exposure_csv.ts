/**
 * `GET /api/v1/exposure.csv`: one list of the exposure as a file, with the filters of `/api/v1/exposure`.
 *
 * @module
 */

import { z } from "zod";
import type { Store } from "../store.ts";
import { type ExposurePage, loadExposurePage } from "./exposure.ts";
import { oneOf, readQuery } from "./query.ts";
import { toLine } from "./trades_csv.ts";

const LISTS = ["counterparties", "positions", "ladder", "netting"] as const;

const COLUMNS = {
  counterparties: [
    "counterparty",
    "trades",
    "bought_usd",
    "sold_usd",
    "gross_usd",
    "net_usd",
    "measure",
    "used_usd",
    "warn_usd",
    "breach_usd",
    "use",
    "state",
  ],
  positions: [
    "counterparty",
    "currency",
    "value_date",
    "trades",
    "bought_usd",
    "sold_usd",
    "gross_usd",
    "net_usd",
  ],
  ladder: ["value_date", "currency", "pay", "receive", "net", "net_usd", "overdue"],
  netting: ["counterparty", "currency", "value_date", "pay", "receive", "before", "after"],
} as const satisfies { [List in typeof LISTS[number]]: readonly (keyof ExposurePage[List][number])[] };

const QUERY = z.strictObject({ list: oneOf(LISTS) });

/** @throws {BadRequestError} */
export async function toExposureCsvResponse(store: Store, params: URLSearchParams): Promise<Response> {
  const named = params.getAll("list").map((list) => ["list", list]);
  const list = readQuery(QUERY, new URLSearchParams(named)).list as typeof LISTS[number];
  const rest = new URLSearchParams([...params].filter(([name]) => name !== "list"));
  const exposure = await loadExposurePage(store, rest);
  const columns: readonly string[] = COLUMNS[list];
  const rows: readonly object[] = exposure[list];
  const toRow = (row: object) => toLine(columns.map((column) => (row as Record<string, unknown>)[column]));
  const text = toLine(columns) + rows.map(toRow).join("");
  return new Response(text, {
    headers: {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="exposure-${list}-${exposure.date}.csv"`,
      "cache-control": "no-store",
    },
  });
}
