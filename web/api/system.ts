/**
 * `GET /api/v1/system`: how the pipeline runs. It answers also while the database is away, and says so.
 *
 * @module
 */

import settings from "../../deno.json" with { type: "json" };
import { isTransient } from "../../shared/platform/postgres.ts";
import type { Figures, System } from "../components/system/system.ts";
import { sharedByCallers } from "../feed.ts";
import { VIEWERS_MAX } from "../sse.ts";
import type { Store } from "../store.ts";
import { today } from "../store/business_day.ts";
import { readReport } from "./health.ts";

export interface SystemParts {
  readonly store: Store;
  readonly schemaNeeded: number;
  readonly brokerAnswers: () => Promise<boolean>;
  /** Streams that are open. */
  readonly streams: { readonly viewers: number };
}

// https://www.postgresql.org/docs/18/errcodes-appendix.html: undefined_table, undefined_column
const SCHEMA_STATES = ["42P01", "42703"];
/** However many watch, the database is asked at most so often, and the rarer the longer an answer takes. */
const AGE_MAX_MS = 1_000;
const AGE_PER_WORK = 10;

/** @returns How to ask; one set of queries for all who ask at the same time. */
export function openSystem(parts: SystemParts): () => Promise<System> {
  const load = sharedByCallers(() => loadSystem(parts));
  let last: { readonly system: System; readonly freshUntilMs: number } | null = null;
  return async () => {
    const startedAtMs = performance.now();
    if (last !== null && startedAtMs < last.freshUntilMs) return last.system;
    const system = await load();
    const endedAtMs = performance.now();
    const ageMs = Math.max(AGE_MAX_MS, AGE_PER_WORK * (endedAtMs - startedAtMs));
    last = { system, freshUntilMs: endedAtMs + ageMs };
    return system;
  };
}

async function loadSystem({ store, schemaNeeded, brokerAnswers, streams }: SystemParts): Promise<System> {
  const date = today();
  const [parts, figures] = await Promise.all([
    readReport(store, schemaNeeded, brokerAnswers),
    loadFigures(store, date),
  ]);
  return {
    asOf: new Date().toISOString(),
    date,
    parts,
    versions: { code: settings.version, deno: Deno.version.deno },
    viewers: streams.viewers,
    viewersMax: VIEWERS_MAX,
    figures,
  };
}

async function loadFigures(store: Store, date: string): Promise<Figures | null> {
  try {
    return await store.system(date);
  } catch (error) {
    if (isTransient(error) || SCHEMA_STATES.includes((error as { code?: string }).code ?? "")) return null;
    throw error;
  }
}
