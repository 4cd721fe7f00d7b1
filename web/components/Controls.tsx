/**
 * The board's range of time and filters. All of it is a form and links, so that it works before, and without, any
 * script; with one the board changes in place and the address with it.
 *
 * @module
 */

import { type ReadonlySignal, useComputed } from "@preact/signals";
import {
  ASSET_CLASSES,
  formatName,
  type Kpi,
  RANGE_NAMES,
  RANGES,
  toQuery,
  type View,
} from "../../shared/kpi/mod.ts";

interface Props {
  readonly view: ReadonlySignal<View>;
  readonly kpi: ReadonlySignal<Kpi>;
  readonly onChange: (view: View) => void;
}

const STATUSES = ["pending_confirmation", "confirmed", "settlement_pending", "settled", "break"];
const NOTHING = { assetClass: null, counterparty: null, status: null, venue: null };

export function Controls({ view, kpi, onChange }: Props) {
  const now = view.value;
  // Names stay while they are shown, also when the newest figures no longer hold them.
  const counterparties = useComputed(() => Object.keys(kpi.value.byCounterparty).join("\n"));
  const venues = useComputed(() => Object.keys(kpi.value.byVenue).join("\n"));
  const set = (changes: Partial<View>) => onChange({ ...now, ...changes });
  const isFiltered = now.assetClass !== null || now.counterparty !== null || now.status !== null ||
    now.venue !== null;
  return (
    <form class="controls" action="/" role="search" aria-label="Range and filters">
      <nav class="ranges" aria-label="Range of time">
        {RANGES.filter((range) => range !== "date").map((range) => (
          <a
            key={range}
            href={`/${toQuery({ ...now, range, date: null })}`}
            aria-current={now.range === range ? "true" : undefined}
            onClick={(event) => follow(event, () => set({ range, date: null }))}
          >
            {RANGE_NAMES[range]}
          </a>
        ))}
      </nav>
      <label>
        <span>Trade date</span>
        <input
          type="date"
          name="date"
          value={now.date ?? ""}
          onChange={({ currentTarget: { value } }) =>
            set(value === "" ? { range: "all", date: null } : { range: "date", date: value })}
        />
      </label>
      {now.range !== "date" && now.range !== "all" && <input type="hidden" name="range" value={now.range} />}
      <Choice
        name="assetClass"
        label="Asset class"
        of={ASSET_CLASSES}
        value={now.assetClass}
        onChange={(assetClass) => set({ assetClass })}
      />
      <Choice
        name="counterparty"
        label="Counterparty"
        of={counterparties.value.split("\n")}
        value={now.counterparty}
        onChange={(counterparty) => set({ counterparty })}
      />
      <Choice
        name="status"
        label="Status"
        of={STATUSES}
        value={now.status}
        onChange={(status) => set({ status })}
      />
      <Choice
        name="venue"
        label="Venue"
        of={venues.value.split("\n")}
        value={now.venue}
        onChange={(venue) => set({ venue })}
      />
      <noscript>
        <button type="submit">Show</button>
      </noscript>
      <a
        class="clear"
        href={`/${toQuery({ ...now, ...NOTHING })}`}
        hidden={!isFiltered}
        onClick={(event) => follow(event, () => set(NOTHING))}
      >
        Clear filters
      </a>
    </form>
  );
}

/** A plain click changes the board in place; any other opens the link as links do. */
function follow(event: MouseEvent, change: () => void): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  change();
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly of: readonly string[];
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

function Choice({ name, label, of, value, onChange }: ChoiceProps) {
  const words = of.filter((word) => word !== "");
  return (
    <label>
      <span>{label}</span>
      <select
        name={name}
        value={value ?? ""}
        class={value === null ? undefined : "set"}
        onChange={({ currentTarget }) => onChange(currentTarget.value === "" ? null : currentTarget.value)}
      >
        <option value="" selected={value === null}>All</option>
        {(value === null || words.includes(value) ? words : [value, ...words]).map((word) => (
          <option key={word} value={word} selected={word === value}>{formatName(word)}</option>
        ))}
      </select>
    </label>
  );
}
