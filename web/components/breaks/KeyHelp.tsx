/**
 * The list of keys, in a dialog.
 *
 * @module
 */

import type { Signal } from "@preact/signals";
import { Dialog } from "./Dialog.tsx";
import { areKeysOn, KEYS, switchKeys } from "./keys.ts";

export function KeyHelp({ isOpen }: { isOpen: Signal<boolean> }) {
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
