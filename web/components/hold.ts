/**
 * Lets what is being read stand still: while the pointer or the keyboard is inside, the value of the beginning stays.
 *
 * @module
 */

import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";

/** @returns What to show, whether it is held, and the handlers for the element around it. */
export function useHold<T>(value: ReadonlySignal<T>) {
  const held = useSignal<{ readonly value: T } | null>(null);
  const shown = useComputed(() => held.value === null ? value.value : held.value.value);
  const start = () => held.value ??= { value: value.peek() };
  const end = () => held.value = null;
  return {
    shown,
    held,
    hold: { onPointerEnter: start, onPointerLeave: end, onFocusIn: start, onFocusOut: end },
  };
}
