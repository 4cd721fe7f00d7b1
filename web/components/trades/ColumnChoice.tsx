/**
 * Which columns to show. It is a form of its own, sent as the list's address.
 *
 * @module
 */

import { COLUMNS, COLUMNS_SHOWN, readColumns } from "./columns.tsx";
import { type ListParams, toAddress } from "./filter.ts";

export function ColumnChoice({ params }: { params: ListParams }) {
  const shown = readColumns(params.columns).map(({ name }) => name);
  const isOwn = shown.join() !== COLUMNS_SHOWN.join();
  const { columns: _, cursor: __, before: ___, ...kept } = params;
  return (
    <details class="menu">
      <summary class="button">Columns</summary>
      <form class="menu-body" action="/trades" onSubmit={asOneParameter}>
        {Object.entries(kept).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <fieldset>
          <legend>Columns</legend>
          {COLUMNS.map(({ name, label }) => (
            <label key={name}>
              <input type="checkbox" name="column" value={name} checked={shown.includes(name)} /> {label}
            </label>
          ))}
        </fieldset>
        <button type="submit">Show</button>
        {isOwn && <a class="button" href={toAddress(params, { columns: undefined })}>As it was</a>}
      </form>
    </details>
  );
}

/** With a script the address is short: one parameter instead of one for each column. */
function asOneParameter(event: Event): void {
  event.preventDefault();
  const data = new FormData(event.currentTarget as HTMLFormElement);
  const columns = data.getAll("column").join(",");
  data.delete("column");
  const params = Object.fromEntries([...data].map(([name, value]) => [name, String(value)]));
  const isPlain = columns === "" || columns === COLUMNS_SHOWN.join(",");
  location.assign(toAddress(params, { columns: isPlain ? undefined : columns }));
}
