/**
 * Island props on their way from the server to the browser: exact, or refused. Devalue keeps NaN, dates, maps,
 * big integers, cycles and shared references; a signal that two islands share stays one signal.
 *
 * @module
 */

import { computed, Signal, signal } from "@preact/signals";
import { parse, stringify } from "devalue";
import { isValidElement } from "preact";

/** Stands in the props for JSX that the server has rendered between two markers. */
export class Slot {
  constructor(readonly id: number) {}
}

/** A signal passes for JSX too. */
export function isElement(value: unknown): boolean {
  return isValidElement(value) && !(value instanceof Signal);
}

/** @throws {TypeError} If a value would not arrive as it was sent: a function, a class instance, JSX in a list. */
export function encodeProps(
  props: Record<string, unknown>[],
  islands: readonly (readonly string[])[],
): string {
  try {
    return stringify(props, {
      Signal: (value) => value instanceof Signal && [value.peek(), isComputed(value)],
      Slot: (value) => value instanceof Slot && [value.id],
      Element: (value) => isElement(value) && isElement,
    });
  } catch (error) {
    const { message, path = "" } = error as { message: string; path?: string };
    const [, index, rest] = /^\[(\d+)\](.*)$/.exec(path) ?? [];
    const island = islands[Number(index)]?.join(":");
    const hint = "props are data: no functions, no class instances, no JSX inside a value";
    throw new TypeError(`Cannot send the props of island ${island}${rest}: ${message} (${hint})`);
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
