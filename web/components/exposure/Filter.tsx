/**
 * What of the exposure is shown: a form and its address, which work without a script.
 *
 * @module
 */

import { Choice } from "../filters.tsx";
import type { ExposureFilter } from "./exposure.ts";

interface Props {
  readonly filter: ExposureFilter;
  readonly counterparties: readonly string[];
  readonly currencies: readonly string[];
}

export function Filter({ filter, counterparties, currencies }: Props) {
  return (
    <form class="filters queue-filters" action="/exposure" role="search" aria-label="Exposure">
      <Choice name="counterparty" label="Counterparty" of={counterparties} value={filter.counterparty} />
      <Choice name="currency" label="Currency" of={currencies} value={filter.currency} />
      <label>
        Value date from
        <input type="date" name="from" value={filter.from ?? ""} />
      </label>
      <label>
        to
        <input type="date" name="to" value={filter.to ?? ""} />
      </label>
      <button type="submit">Show</button>
      <a class="button" href="/exposure">Clear</a>
    </form>
  );
}
