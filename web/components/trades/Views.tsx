/**
 * Kept lists to choose from, and a field to keep this one.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type ListParams, toAddress } from "./filter.ts";
import { loadViews, NAME_LENGTH_MAX, storeViews, type View, withView } from "./views.ts";

export function Views({ params }: { params: ListParams }) {
  const views = useSignal<readonly View[]>([]);
  const name = useSignal("");
  useEffect(() => {
    views.value = loadViews();
  }, []);
  const own = toAddress(params).split("?")[1] ?? "";
  const keep = (event: Event) => {
    event.preventDefault();
    const wanted = name.value.trim();
    if (wanted === "") return;
    storeViews(views.value = withView(loadViews(), { name: wanted, query: own }));
    name.value = "";
  };
  const drop = (gone: View) =>
    storeViews(views.value = loadViews().filter((view) => view.name !== gone.name));
  return (
    <details class="menu needs-script">
      <summary class="button">Views</summary>
      <div class="menu-body">
        {views.value.length === 0 && <p class="note">None kept yet.</p>}
        <ul aria-label="Kept views">
          {views.value.map((view) => (
            <li key={view.name}>
              <a
                href={view.query === "" ? "/trades" : `/trades?${view.query}`}
                aria-current={view.query === own ? "true" : undefined}
              >
                {view.name}
              </a>
              <button type="button" aria-label={`Remove ${view.name}`} onClick={() => drop(view)}>×</button>
            </li>
          ))}
        </ul>
        <form onSubmit={keep}>
          <label>
            Keep this list as
            <input
              type="text"
              maxLength={NAME_LENGTH_MAX}
              value={name.value}
              onInput={({ currentTarget }) => name.value = currentTarget.value}
            />
          </label>
          <button type="submit">Keep</button>
        </form>
      </div>
    </details>
  );
}
