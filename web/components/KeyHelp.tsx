/**
 * The keys of a page, in a dialog, with the switch that turns letters off (WCAG 2.1.4).
 *
 * @module
 */

import type { Signal } from "@preact/signals";
import { Dialog } from "./Dialog.tsx";
import { areKeysOn, type Keys, switchKeys } from "./keys.ts";

export function KeyHelp({ keys, isOpen }: { keys: Keys; isOpen: Signal<boolean> }) {
  return (
    <Dialog title="Keys" isOpen={isOpen.value} onClose={() => isOpen.value = false}>
      <dl class="keys">
        {keys.map(([key, meaning]) => (
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
