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
/** A page that is open for a day does not grow beyond this. */
const ROWS_MAX = 1_000;

interface Page {
  readonly items: readonly DeadLetterRow[];
  readonly next: string | null;
}

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

  /** More came than a page holds, or than the list is to hold: it starts anew with this. */
  const anew = useSignal<Page | null>(null);

  const takeIn = () => {
    const page = anew.peek();
    rows.value = page?.items ?? [...waiting.peek(), ...rows.peek()];
    if (page !== null) next.value = page.next;
    [waiting.value, anew.value] = [[], null];
  };
  const leave = () => {
    isRead.value = false;
    takeIn();
  };
  const look = async () => {
    try {
      const path = `/api/v1/dead-letters?${toLetterQuery(filter)}`;
      const [page, counted] = await Promise.all([
        get<Page>(path),
        get<{ items: DeadLetterTally[] }>("/api/v1/dead-letters/summary"),
      ]);
      const known = [...waiting.peek(), ...rows.peek()];
      const newest = Math.max(0, ...known.map(({ id }) => id));
      const news = page.items.filter(({ id }) => id > newest);
      const isGap = news.length === page.items.length && page.next !== null;
      if (isGap || anew.peek() !== null || known.length + news.length > ROWS_MAX) anew.value = page;
      else waiting.value = [...news, ...waiting.peek()];
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
      const page = await get<Page>(path);
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
          {anew.value !== null && <button type="button" class="pill" onClick={takeIn}>Many new: show</button>}
          {anew.value === null && waiting.value.length > 0 && (
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
