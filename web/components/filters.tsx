/**
 * The form above a list and the link below it; both work without a script.
 *
 * @module
 */

import type { ComponentChildren } from "preact";
import { formatName } from "../../shared/kpi/mod.ts";

export function Filters({ action, children }: { action: string; children: ComponentChildren }) {
  return (
    <form class="filters" action={action} role="search">
      {children}
      <button type="submit">Show</button>
      <a class="button" href={action}>Clear</a>
    </form>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly of: readonly string[];
  readonly value: string | undefined;
  /** What leaving it open means. */
  readonly none?: string;
}

export function Choice({ name, label, of, value, none = "All" }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name}>
        <option value="">{none}</option>
        {of.map((word) => (
          <option key={word} value={word} selected={word === value}>{formatName(word)}</option>
        ))}
      </select>
    </label>
  );
}

interface WordProps {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly type?: "text" | "date";
}

export function Word({ name, label, value, type = "text" }: WordProps) {
  return (
    <label>
      {label}
      <input type={type} name={name} value={value ?? ""} size={14} />
    </label>
  );
}

/** Keyset pages know only where the next one starts. */
export function Pager({ path, params, next }: {
  path: string;
  params: Readonly<Record<string, string>>;
  next: string | null;
}) {
  const { cursor, ...filter } = params;
  const query = (more: Record<string, string>) => `${path}?${new URLSearchParams({ ...filter, ...more })}`;
  return (
    <nav class="filters" aria-label="Pages of the list">
      {cursor !== undefined && <a class="button" href={query({})}>Newest</a>}
      {next !== null && <a class="button" href={query({ cursor: next })} rel="next">Older</a>}
    </nav>
  );
}
