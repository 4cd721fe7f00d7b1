/**
 * Which breaks the queue shows: ready-made views with how many they hold, and a form for any other. All of it is in
 * the address, and works without a script.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { Ref } from "preact";
import { formatCount } from "../../../shared/kpi/mod.ts";
import { Choice } from "../filters.tsx";
import { SEVERITIES, type Summary } from "./break.ts";
import type { QueueFilter } from "./queue.ts";
import { isSamePerson } from "../who.ts";

const STATUSES = ["open", "assigned", "in_review", "pending_approval", "resolved", "written_off"]
  .concat("closed", "all");
const TYPES = ["price", "quantity", "side", "instrument", "counterparty", "settlement_date", "currency"]
  .concat("fees", "missing_book", "missing_street", "duplicate", "late", "allocation", "bust", "unaffirmed")
  .concat("settlement_fail", "reported");

interface ViewsProps {
  readonly filter: QueueFilter;
  readonly summary: ReadonlySignal<Summary | null>;
  readonly user: ReadonlySignal<string | null>;
}

interface View {
  readonly name: string;
  readonly filter: QueueFilter;
  /** Undefined: not known, or not worth a number. */
  readonly count?: number | undefined;
  readonly isAlarm?: boolean;
}

export function Views({ filter, summary, user }: ViewsProps) {
  const counts = summary.value;
  const of = (by: "byOwner" | "byStatus" | "bySeverity", name: string | null) =>
    counts === null || name === null ? undefined : counts[by][name]?.breaks ?? 0;
  const mine = counts === null || user.value === null ? undefined : Object.entries(counts.byOwner)
    .reduce((sum, [name, { breaks }]) => isSamePerson(name, user.value) ? sum + breaks : sum, 0);
  const views: View[] = [
    { name: "All open", filter: {}, count: counts?.breaks },
    { name: "Mine", filter: { owner: "me" }, count: mine },
    { name: "Nobody's", filter: { owner: "none" }, count: of("byOwner", "") },
    {
      name: "Critical",
      filter: { severity: "critical" },
      count: of("bySeverity", "critical"),
      isAlarm: true,
    },
    { name: "Overdue", filter: { overdue: "true" }, count: counts?.overdue, isAlarm: true },
    {
      name: "Approvals",
      filter: { status: "pending_approval" },
      count: of("byStatus", "pending_approval"),
    },
    { name: "Closed", filter: { status: "closed" } },
  ];
  const now = String(new URLSearchParams(filter as Record<string, string>));
  return (
    <nav class="views" aria-label="Views of the queue">
      {views.map(({ name, filter, count, isAlarm }) => {
        const query = String(new URLSearchParams(filter as Record<string, string>));
        return (
          <a
            key={name}
            href={query ? `/breaks?${query}` : "/breaks"}
            aria-current={query === now ? "page" : undefined}
            class={isAlarm && count ? "alarm" : undefined}
          >
            {name}
            {count !== undefined && (
              <>
                {" "}
                <b>{formatCount(count)}</b>
              </>
            )}
          </a>
        );
      })}
    </nav>
  );
}

interface FormProps {
  readonly filter: QueueFilter;
  /** What the lists offer. */
  readonly counterparties: readonly string[];
  readonly search?: Ref<HTMLInputElement>;
}

export function QueueForm({ filter, counterparties, search }: FormProps) {
  const owners: [value: string, name: string][] = [["me", "Me"], ["none", "Nobody"]];
  const other = filter.owner !== undefined && !owners.some(([value]) => value === filter.owner);
  if (other) owners.push([filter.owner!, filter.owner!]);
  const send = ({ currentTarget }: { currentTarget: HTMLFormElement }) => currentTarget.requestSubmit();
  return (
    <form
      class="filters queue-filters"
      action="/breaks"
      role="search"
      aria-label="Breaks"
      onChange={(event) => event.target instanceof HTMLSelectElement && send(event)}
      onFormData={(event) => dropEmpty((event as unknown as FormDataEvent).formData)}
    >
      <label>
        Trade or ExecID
        <input
          type="search"
          name="tradeId"
          ref={search ?? null}
          value={filter.tradeId ?? filter.execId ?? ""}
          size={16}
        />
      </label>
      <Choice name="status" label="State" of={STATUSES} value={filter.status} none="Not closed" />
      <Choice name="severity" label="Severity" of={SEVERITIES} value={filter.severity} />
      <Choice name="type" label="Type" of={TYPES} value={filter.type} />
      <Choice name="counterparty" label="Counterparty" of={counterparties} value={filter.counterparty} />
      <label>
        Owner
        <select name="owner">
          <option value="">All</option>
          {owners.map(([value, name]) => (
            <option key={value} value={value} selected={value === filter.owner}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        Deadline
        <select name="overdue">
          <option value="">All</option>
          <option value="true" selected={filter.overdue === "true"}>Overdue</option>
        </select>
      </label>
      <Choice name="order" label="Order" of={["newest"]} value={filter.order} none="Severity" />
      <button type="submit">Show</button>
      <a class="button" href="/breaks">Clear</a>
    </form>
  );
}

/** An address without what was left open is one that can be read. */
function dropEmpty(form: FormData): void {
  for (const [name, value] of [...form]) if (value === "") form.delete(name);
}
