/**
 * The list of dead letters, live: new ones come in at its top while nobody reads, else they wait.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { formatCount } from "../../shared/kpi/mod.ts";
import { get } from "../components/breaks/client.ts";
import { Connection, type Link } from "../components/Connection.tsx";
import {
  type DeadLetterRow,
  type DeadLetterTally,
  type LetterFilter,
  toLetterQuery,
} from "../components/dead_letters/letter.ts";
import { LetterTable, Reasons } from "../components/dead_letters/LetterTable.tsx";
import { Choice } from "../components/filters.tsx";
import { followStream } from "../components/stream.ts";

interface Props {
  readonly rows: readonly DeadLetterRow[];
  readonly next: string | null;
  readonly tallies: readonly DeadLetterTally[];
  readonly filter: LetterFilter;
  readonly position: string;
  readonly asOf: string;
  readonly topics: readonly string[];
}

const TICK_MS = 1_000;

export default function DeadLetters(props: Props) {
  const { filter } = props;
  const rows = useSignal(props.rows);
  const next = useSignal(props.next);
  const waiting = useSignal<readonly DeadLetterRow[]>([]);
  const tallies = useSignal(props.tallies);
  const problem = useSignal<string | null>(null);
  const isRead = useSignal(false);
  const link = useSignal<Link>("connecting");
  const kpi = useSignal({ asOf: props.asOf });
  const ageMs = useSignal(0);

  const takeIn = () => {
    rows.value = [...waiting.peek(), ...rows.peek()];
    waiting.value = [];
  };
  const leave = () => {
    isRead.value = false;
    takeIn();
  };
  const look = async () => {
    try {
      const path = `/api/v1/dead-letters?${toLetterQuery(filter)}`;
      const [page, counted] = await Promise.all([
        get<{ items: DeadLetterRow[] }>(path),
        get<{ items: DeadLetterTally[] }>("/api/v1/dead-letters/summary"),
      ]);
      const newest = Math.max(0, ...[...waiting.peek(), ...rows.peek()].map(({ id }) => id));
      waiting.value = [...page.items.filter(({ id }) => id > newest), ...waiting.peek()];
      tallies.value = counted.items;
      problem.value = null;
      if (!isRead.peek()) takeIn();
    } catch (error) {
      problem.value = (error as Error).message;
    }
  };
  const more = async () => {
    try {
      const path = `/api/v1/dead-letters?${toLetterQuery(filter, { cursor: next.peek()! })}`;
      const page = await get<{ items: DeadLetterRow[]; next: string | null }>(path);
      rows.value = [...rows.peek(), ...page.items];
      next.value = page.next;
    } catch (error) {
      problem.value = (error as Error).message;
    }
  };

  useEffect(() => {
    let [count, heardAtMs] = [-1, performance.now()];
    const clock = setInterval(() => ageMs.value = performance.now() - heardAtMs, TICK_MS);
    const stop = followStream(props.position, {
      onKpi: ({ asOf, deadLetters }) => {
        heardAtMs = performance.now();
        kpi.value = { asOf };
        if (count !== deadLetters) look();
        count = deadLetters;
      },
      onDatabase: (isThere) => link.value = isThere ? "live" : "still",
      onLink: (isUp) => link.value = isUp ? "live" : "lost",
    });
    return () => {
      clearInterval(clock);
      stop();
    };
  }, []);

  return (
    <div class="bench">
      <Connection link={link} kpi={kpi} ageMs={ageMs} />
      <h1>Dead letters</h1>
      <Reasons tallies={tallies.value} filter={filter} />
      <form class="filters queue-filters" action="/dead-letters" role="search" aria-label="Dead letters">
        <Choice name="topic" label="Topic" of={props.topics} value={filter.topic} />
        <label>
          Reason
          <input name="code" value={filter.code ?? ""} size={20} list="codes" />
          <datalist id="codes">
            {[...new Set(tallies.value.map(({ code }) => code))].map((code) => (
              <option key={code} value={code} />
            ))}
          </datalist>
        </label>
        <Choice
          name="status"
          label="State"
          of={["reingested", "discarded", "all"]}
          value={filter.status}
          none="Open"
        />
        <button type="submit">Show</button>
        <a class="button" href="/dead-letters">Clear</a>
      </form>
      <section
        class="card queue-card"
        aria-label="Records set aside"
        onPointerEnter={() => isRead.value = true}
        onPointerLeave={leave}
        onFocusCapture={() => isRead.value = true}
        onBlurCapture={({ currentTarget, relatedTarget }) =>
          !currentTarget.contains(relatedTarget as Node | null) && leave()}
      >
        <div class="bulk">
          <span class="note">
            {formatCount(rows.value.length)} shown{next.value !== null && ", more below"}
          </span>
          {waiting.value.length > 0 && (
            <button type="button" class="pill" onClick={takeIn}>
              {formatCount(waiting.value.length)} new: show
            </button>
          )}
        </div>
        <div class="scroll queue-scroll" tabIndex={0} role="region" aria-label="Records set aside, table">
          <LetterTable rows={rows.value} />
          {problem.value !== null && <p class="empty" role="alert">{problem.value}</p>}
          {rows.value.length === 0 && (
            <p class="empty">Nothing was set aside{filter.code && " for this reason"}.</p>
          )}
          {next.value !== null && (
            <p class="more">
              <a
                class="button"
                href={`/dead-letters?${toLetterQuery(filter, { cursor: next.value })}`}
                onClick={(event) => (event.preventDefault(), more())}
              >
                More
              </a>
            </p>
          )}
        </div>
      </section>
    </div>
  );
}
