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
export async function toReadyResponse(
  store: Store,
  schemaNeeded: number,
  brokerAnswers: () => Promise<boolean>,
): Promise<Response> {
  const report = await readReport(store, schemaNeeded, brokerAnswers);
  const ready = report.database.status === "ok" && report.schema.status === "ok";
  return Response.json({ status: ready ? "ok" : "unavailable", ...report }, {
    status: ready ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}

/** What `/readyz` tells of each part. */
export async function readReport(store: Store, needed: number, brokerAnswers: () => Promise<boolean>) {
  try {
    const { schema: applied, consumerAgeMs } = await store.health();
    const ageMs = consumerAgeMs === null ? null : Math.round(consumerAgeMs);
    const consumer: Part = { status: ageMs !== null && ageMs <= SILENT_MAX_MS ? "ok" : "degraded", ageMs };
    // A consumer that reports has fetched; a silent one says nothing of the broker, so that is asked itself.
    const broker: Part = consumer.status === "ok" || !await brokerAnswers()
      ? consumer
      : { status: "ok", ageMs: 0 };
    const isCurrent = applied >= needed;
    const schema: Part & { applied: number; needed: number } = {
      status: isCurrent ? "ok" : "degraded",
      applied,
      needed,
      ...isCurrent ? {} : { detail: "run: deno task migrate" },
    };
    const database: Part = { status: "ok" };
    return { database, schema, broker, consumer };
  } catch (error) {
    const unknown: Part = { status: "degraded", ageMs: null, detail: "unknown while the database is away" };
    const database: Part = { status: "away", detail: messageOf(error) };
    return { database, schema: { ...unknown, needed }, broker: unknown, consumer: unknown };
  }
}
