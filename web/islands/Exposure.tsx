/**
 * What is open with whom, live: limits and their use, positions, the cash to come and what netting would save.
 *
 * @module
 */

import { batch, useComputed, useSignal } from "@preact/signals";
import { formatCount, formatShort } from "../../shared/kpi/mod.ts";
import { get } from "../components/breaks/client.ts";
import { Who } from "../components/Who.tsx";
import { Connection } from "../components/Connection.tsx";
import { Counterparties } from "../components/exposure/Counterparties.tsx";
import { Ladder, Netting, Positions } from "../components/exposure/Dates.tsx";
import {
  type Alert,
  type Exposure as Told,
  type ExposureFilter,
  toExposureQuery,
} from "../components/exposure/exposure.ts";
import { Filter } from "../components/exposure/Filter.tsx";
import { waitingRows, withRowsOf } from "../components/exposure/held.ts";
import { LimitDialog } from "../components/exposure/LimitDialog.tsx";
import { Alerts, Totals } from "../components/exposure/Summary.tsx";
import { useFigures } from "../components/system/live.ts";
import { Panel } from "../components/system/Panel.tsx";

interface Props {
  readonly exposure: Told;
  readonly alerts: readonly Alert[];
  readonly filter: ExposureFilter;
  readonly user: string | null;
  readonly position: string;
  /** To choose from: those we know, and those of which something is open. */
  readonly counterparties: readonly string[];
  readonly currencies: readonly string[];
}

const GAP_MS = 1_500;
/** Alerts that are listed; who has more has another problem than their number. */
const ALERTS_MAX = 100;
/** Rows of one list on the page; its file has all of them. */
const ROWS_SHOWN = 200;

export default function Exposure(props: Props) {
  const { filter } = props;
  const newest = useSignal(props.exposure);
  /** As it was when somebody began to read; null: nobody does. */
  const held = useSignal<Told | null>(null);
  const alerts = useSignal(props.alerts);
  const user = useSignal(props.user);
  const asked = useSignal<string | null>(null);
  const notice = useSignal("");
  const exposure = useComputed(() =>
    held.value === null ? newest.value : withRowsOf(newest.value, held.value)
  );

  const { nowMs, problem, refresh, ...live } = useFigures({
    position: props.position,
    asOf: props.exposure.asOf,
    gapMs: GAP_MS,
    // What no figure tells, such as a limit that somebody else has changed, is seen ten seconds later.
    isNews: (now, before) =>
      now.asOf.slice(0, 18) !== before.asOf.slice(0, 18) ||
      JSON.stringify(now.exposure) !== JSON.stringify(before.exposure),
    load: async () => {
      const [told, { items }] = await Promise.all([
        get<Told>(`/api/v1/exposure${toExposureQuery(filter)}`),
        get<{ items: Alert[] }>(`/api/v1/alerts?kind=limit&limit=${ALERTS_MAX}`),
      ]);
      batch(() => {
        newest.value = told;
        alerts.value = items;
      });
      return told.asOf;
    },
  });
  const { date, ratesAsOf, counterparties, positions, ladder, netting, nettingTotal } = exposure.value;
  const saving = netting.filter(({ before, after }) => before !== after);
  const csv = (list: string) => (
    <a class="button" href={`/api/v1/exposure.csv${toExposureQuery(filter, { list })}`} download>
      CSV<span class="hidden">of {list}</span>
    </a>
  );
  const waiting = held.value === null ? 0 : waitingRows(newest.value, held.value);
  const hold = () => held.value ??= newest.peek();
  const release = () => held.value = null;
  const leave = ({ currentTarget, relatedTarget }: FocusEvent) =>
    (currentTarget as Element).contains(relatedTarget as Node | null) || release();
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <div class="page bench exposure">
      <Connection {...live} />
      <div class="bench-head">
        <h1>Exposure</h1>
        <Who user={user} />
      </div>
      <Filter filter={filter} counterparties={props.counterparties} currencies={props.currencies} />
      {problem.value !== null && <p class="fault" role="alert">{problem.value}</p>}
      {newest.value.isCut && (
        <p class="fault" role="note">There is more than one list can hold: narrow the filter.</p>
      )}
      <Totals exposure={newest.value} />
      <Alerts rows={alerts.value} nowMs={nowMs} />
      <div class="bench" onPointerEnter={hold} onPointerLeave={release} onFocusIn={hold} onFocusOut={leave}>
        <Panel
          title="Counterparties"
          note={waiting > 0
            ? `rows held while you read, ${formatCount(waiting)} changes wait`
            : `unsettled USD at the rates of ${ratesAsOf}${
              isFiltered ? "; a limit's use counts all that is open, whatever the filter" : ""
            }`}
          tools={csv("counterparties")}
          isEmpty={counterparties.length === 0}
          empty={isFiltered ? "Nothing matches." : "Nothing is unsettled, and there is no limit."}
        >
          <Counterparties
            rows={counterparties}
            filter={filter}
            onLimit={(counterparty) => asked.value = counterparty}
          />
        </Panel>
        <Panel
          title="By currency and value date"
          note="USD, gross above, net below"
          tools={csv("positions")}
          isEmpty={positions.length === 0}
          empty="Nothing is unsettled."
        >
          <Positions rows={positions} today={date} filter={filter} />
        </Panel>
        <Panel
          title="Settlement ladder"
          note={`cash to come in each currency: principal, both legs of a currency trade, fees in USD${
            toShown(ladder.length)
          }`}
          tools={csv("ladder")}
          isEmpty={ladder.length === 0}
          empty="No cash is to come."
        >
          <Ladder rows={ladder.slice(0, ROWS_SHOWN)} today={date} />
        </Panel>
        <Panel
          title="Netting"
          note={`payments that would become less: ${formatShort(nettingTotal.before_usd)} USD before, ${
            formatShort(nettingTotal.after_usd)
          } after${toShown(saving.length)}`}
          tools={csv("netting")}
          isEmpty={saving.length === 0}
          empty="No two payments meet."
        >
          <Netting rows={saving.slice(0, ROWS_SHOWN)} today={date} />
        </Panel>
      </div>
      <p class="hidden" role="status">{notice.value}</p>
      <LimitDialog
        asked={asked}
        user={user.value}
        today={date}
        onChanged={({ counterparty, breach_usd }) => {
          notice.value = `The limit of ${counterparty} was ${breach_usd === null ? "ended" : "set"}.`;
          refresh();
        }}
      />
    </div>
  );
}

function toShown(rows: number): string {
  if (rows <= ROWS_SHOWN) return "";
  return `; the first ${ROWS_SHOWN} of ${formatCount(rows)}, all in the file`;
}
