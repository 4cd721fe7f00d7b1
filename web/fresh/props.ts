/**
 * Island props on their way to the browser: exact, or refused. Devalue keeps NaN, dates, maps, big integers, cycles
 * and shared references, so a signal that two islands share stays one signal.
 *
 * @module
 */

import { computed, Signal, signal } from "@preact/signals";
import { parse, stringify } from "devalue";
import { isValidElement } from "preact";

const HINT = "props are data: no functions, no class instances, no JSX inside a value";

/** Stands in the props for JSX that the server has rendered between two marks. */
export class Slot {
  constructor(readonly id: number) {}
}

/** A signal passes for JSX with Preact. */
export function isElement(value: unknown): boolean {
  return isValidElement(value) && !(value instanceof Signal);
}

/** @throws {TypeError} If a value would not arrive as it was sent. */
export function encodeProps(props: object[], islands: string[]): string {
  try {
    return stringify(props, {
      Signal: (value) => value instanceof Signal && [value.peek(), isComputed(value)],
      Slot: (value) => value instanceof Slot && [value.id],
      Element: (value) => isElement(value) && isElement, // A function, so that it is refused with its path.
    });
  } catch (error) {
    const { message, path = "" } = error as { message: string; path?: string };
    const [, index, rest] = /^\[(\d+)\](.*)$/.exec(path) ?? [];
    const place = `${islands[Number(index)]}${rest}`;
    throw new TypeError(`Cannot send the props of island ${place}: ${message} (${HINT})`, { cause: error });
  }
}

export function readProps(text: string): Record<string, unknown>[] {
  return parse(text, {
    Signal: ([value, isComputed]) => isComputed ? computed(() => value) : signal(value),
    Slot: ([id]) => new Slot(id),
  });
}

/** Told by the missing setter, since the class is not exported. */
function isComputed(value: Signal): boolean {
  return Object.getOwnPropertyDescriptor(Object.getPrototypeOf(value), "value")?.set === undefined;
}
