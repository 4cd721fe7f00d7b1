/**
 * The parts of the system, each with its state as a word and a shape.
 *
 * @module
 */

import type { ComponentChildren } from "preact";
import { formatAge, formatCount } from "../../../shared/kpi/mod.ts";
import type { Part, System } from "./system.ts";

type State = "ok" | "degraded" | "away";

const WORDS: Record<State, string> = { ok: "OK", degraded: "Degraded", away: "Away" };

export function StateMark({ state, word = WORDS[state] }: { state: State; word?: string }) {
  return <span class={`health ${state}`}>{word}</span>;
}

export function Parts({ system }: { system: System }) {
  const { database, schema, broker, consumer } = system.parts;
  const { figures, versions, viewers, viewersMax } = system;
  return (
    <ul class="parts" aria-label="Parts">
      <Tile name="Database" part={database}>
        {figures && `PostgreSQL ${figures.postgres}, ${formatBytes(figures.databaseBytes)}`}
      </Tile>
      <Tile name="Schema" part={schema}>
        {schema.applied !== undefined && `version ${schema.applied}, this code needs ${schema.needed}`}
      </Tile>
      <Tile name="Broker" part={broker}>{heard("Kafka", broker)}</Tile>
      <Tile name="Consumer" part={consumer}>{heard("reported", consumer)}</Tile>
      <li class="card">
        <h2>Web</h2>
        <p class="value">
          {formatCount(viewers)} {viewers === 1 ? "viewer" : "viewers"}
        </p>
        <p class="note">of {formatCount(viewersMax)} that this process serves</p>
      </li>
      <li class="card">
        <h2>Versions</h2>
        <p class="value">Breakwater {versions.code}</p>
        <p class="note">Deno {versions.deno}</p>
      </li>
    </ul>
  );
}

function Tile({ name, part, children }: { name: string; part: Part; children: ComponentChildren }) {
  return (
    <li class={`card ${part.status}`}>
      <h2>{name}</h2>
      <p class="value">
        <StateMark state={part.status} />
      </p>
      <p class="note">{part.detail ?? children}</p>
    </li>
  );
}

function heard(what: string, { ageMs }: Part): string {
  if (ageMs === undefined || ageMs === null) return "never heard of";
  return `${what}, ${formatAge(ageMs)} ago`;
}

/** `1.2 GB`; powers of 1,000, as disks are sold. */
export function formatBytes(bytes: number): string {
  const power = Math.min(4, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${(bytes / 1_000 ** power).toFixed(power > 0 ? 1 : 0)} ${["B", "KB", "MB", "GB", "TB"][power]}`;
}
