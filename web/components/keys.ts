/**
 * Keys of a page. Single letters act only outside of fields and dialogs, and can be switched off.
 *
 * @module
 */

import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** What help lists, in its order. */
export type Keys = readonly (readonly [keys: string, meaning: string])[];

const STORED = "breakwater-keys";

/** Whether single letters act; remembered by this browser. */
export const areKeysOn: Signal<boolean> = signal(true);

export function switchKeys(isOn: boolean): void {
  areKeysOn.value = isOn;
  localStorage.setItem(STORED, isOn ? "on" : "off");
}

export type KeyActions = Readonly<Record<string, () => void>>;

export function useKeys(actions: KeyActions, isOn: ReadonlySignal<boolean> = areKeysOn): void {
  useEffect(() => {
    areKeysOn.value = localStorage.getItem(STORED) !== "off";
    const onKey = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, target, defaultPrevented } = event;
      const action = Object.hasOwn(actions, key) ? actions[key] : undefined;
      if (action === undefined || defaultPrevented || ctrlKey || metaKey || altKey) return;
      if (key !== "Escape" && !isOn.peek()) return;
      if (isField(target) || document.querySelector("dialog[open]") !== null) return;
      event.preventDefault();
      action();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

/** Where letters are typed. A tick box takes none. */
function isField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== "checkbox";
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
