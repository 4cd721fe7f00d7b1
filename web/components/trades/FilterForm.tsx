/**
 * The form above the list. It is sent as an address, so that it works without a script, can be kept and passed on.
 *
 * @module
 */

import type { Ref } from "preact";
import { Choice, Word } from "../filters.tsx";
import { filtersOf, type ListParams, toAddress } from "./filter.ts";

export interface FilterOptions {
  readonly counterparties: readonly string[];
  readonly venues: readonly string[];
}

const ASSET_CLASSES = ["equity", "bond", "derivative", "fx", "commodity"];
const STATUSES = ["pending_confirmation", "confirmed", "settlement_pending", "settled", "break", "cancelled"];
const AT_HAND = ["q", "status", "assetClass", "counterparty"];
const FURTHER = ["side", "venue", "from", "to", "settlesFrom", "settlesTo"];

interface Props extends FilterOptions {
  readonly params: ListParams;
  readonly search: Ref<HTMLInputElement>;
}

export function FilterForm({ params, search, counterparties, venues }: Props) {
  const set = filtersOf(params);
  const further = set.filter((name) => FURTHER.includes(name));
  const others = set.filter((name) => ![...AT_HAND, ...FURTHER].includes(name));
  return (
    <form
      class="filters trade-filters"
      action="/trades"
      role="search"
      aria-label="Trades"
      onSubmit={asShortAddress}
    >
      <label class="wide">
        Id or instrument
        <input
          ref={search}
          type="search"
          name="q"
          value={params.q ?? ""}
          placeholder="Whole trade, order or execution id, or part of an instrument"
          autocomplete="off"
          spellcheck={false}
        />
      </label>
      <Choice name="status" label="Status" of={STATUSES} value={params.status} />
      <Choice name="assetClass" label="Asset class" of={ASSET_CLASSES} value={params.assetClass} />
      <Choice
        name="counterparty"
        label="Counterparty"
        of={withOwn(counterparties, params.counterparty)}
        value={params.counterparty}
      />
      <details open={further.length > 0}>
        <summary class="button">More{further.length > 0 ? ` (${further.length})` : ""}</summary>
        <div class="filters">
          <Choice name="side" label="Side" of={["buy", "sell"]} value={params.side} none="Both" />
          <Choice name="venue" label="Venue" of={withOwn(venues, params.venue)} value={params.venue} />
          <Word name="from" label="Traded from" value={params.from} type="date" />
          <Word name="to" label="Traded to" value={params.to} type="date" />
          <Word name="settlesFrom" label="Settles from" value={params.settlesFrom} type="date" />
          <Word name="settlesTo" label="Settles to" value={params.settlesTo} type="date" />
        </div>
      </details>
      {[...others, "sort", "columns"].map((name) =>
        params[name] !== undefined && <input key={name} type="hidden" name={name} value={params[name]} />
      )}
      <button type="submit">Show</button>
      {set.length > 0 && (
        <a class="button" href={toAddress({}, { sort: params.sort, columns: params.columns })}>Clear</a>
      )}
    </form>
  );
}

/** An address without the fields that were left empty. */
function asShortAddress(event: Event): void {
  event.preventDefault();
  const fields = [...new FormData(event.currentTarget as HTMLFormElement)];
  location.assign(
    toAddress(Object.fromEntries(fields.flatMap(([name, value]) => value ? [[name, String(value)]] : []))),
  );
}

function withOwn(words: readonly string[], own: string | undefined): readonly string[] {
  return own === undefined || words.includes(own) ? words : [own, ...words];
}
