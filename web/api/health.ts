/**
 * Whether this process lives, and whether it can serve.
 *
 * @module
 */

import { messageOf } from "../../shared/platform/retry.ts";
import type { Store } from "../store.ts";

/** Consumers report every second or so, also when idle. */
const SILENT_MAX_MS = 15_000;

interface Part {
  readonly status: "ok" | "degraded" | "away";
  readonly ageMs?: number | null;
  readonly detail?: string;
}

/** The newest migration of this checkout. Read from the folder, because programs do not import each other. */
export function readSchemaNeeded(
  folder: URL = new URL("../../consumer/migrations/", import.meta.url),
): number {
  return Math.max(0, ...[...Deno.readDirSync(folder)].map(({ name }) => Number.parseInt(name) || 0));
}

/**
 * Ready means: the database answers and its schema is the one this code knows. What the consumers last reported is
 * told too, but a board without news is better than no board, so it never makes this answer 503.
 */
export async function toReadyResponse(store: Store, schemaNeeded: number): Promise<Response> {
  const report = await readReport(store, schemaNeeded);
  const ready = report.database.status === "ok" && report.schema.status === "ok";
  return Response.json({ status: ready ? "ok" : "unavailable", ...report }, {
    status: ready ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}

async function readReport(store: Store, needed: number) {
  try {
    const { schema: applied, consumerAgeMs } = await store.health();
    const heard: Part = {
      status: consumerAgeMs !== null && consumerAgeMs <= SILENT_MAX_MS ? "ok" : "degraded",
      ageMs: consumerAgeMs === null ? null : Math.round(consumerAgeMs),
    };
    const isCurrent = applied >= needed;
    const schema: Part & { applied: number; needed: number } = {
      status: isCurrent ? "ok" : "degraded",
      applied,
      needed,
      ...isCurrent ? {} : { detail: "run: deno task migrate" },
    };
    // The web does not speak to the broker: what it knows of it is what the consumers last fetched from it.
    return { database: { status: "ok" } satisfies Part as Part, schema, broker: heard, consumer: heard };
  } catch (error) {
    const unknown: Part = { status: "degraded", ageMs: null, detail: "unknown while the database is away" };
    const database: Part = { status: "away", detail: messageOf(error) };
    return { database, schema: { ...unknown, needed }, broker: unknown, consumer: unknown };
  }
}
