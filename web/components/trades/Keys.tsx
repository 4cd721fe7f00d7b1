/**
 * The keys of the list, in a dialog.
 *
 * @module
 */

import type { Signal } from "@preact/signals";
import { Dialog } from "../breaks/Dialog.tsx";
import { areKeysOn, switchKeys } from "../breaks/keys.ts";

const KEYS: readonly (readonly [keys: string, meaning: string])[] = [
  ["j, ↓", "Next trade"],
  ["k, ↑", "Previous trade"],
  ["Page Down, Page Up", "A page on, a page back"],
  ["Home, End", "First trade, last trade"],
  ["Enter", "Open the trade"],
  ["n", "Show what is new"],
  ["/", "Search"],
  ["?", "This help"],
];

export function Keys({ isOpen }: { isOpen: Signal<boolean> }) {
  return (
    <Dialog title="Keys" isOpen={isOpen.value} onClose={() => isOpen.value = false}>
      <dl class="keys">
        {KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <label class="switch">
        <input
          type="checkbox"
          checked={areKeysOn.value}
          onChange={({ currentTarget }) => switchKeys(currentTarget.checked)}
        />{" "}
        Letters act as keys
      </label>
      <div class="buttons">
        <button type="button" onClick={() => isOpen.value = false}>Close</button>
      </div>
    </Dialog>
  );
}
