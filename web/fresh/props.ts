/**
 * Island props on their way to the browser: exact, or refused. Devalue keeps NaN, dates, maps, big integers, cycles
 * and shared references, so a signal that two islands share stays one signal.
 *
 * @module
 */

import { computed, Signal, signal } from "@preact/signals";
import { parse, stringify } from "devalue";
import { type FunctionComponent, h, isValidElement } from "preact";

const HINT = "props are data: no functions, no class instances, no JSX inside a value";

/** What a page tells its script: the server's start in development, and the islands with their props. */
export interface PageState {
  dev?: string | undefined;
  islands: { url?: string | undefined; file: string; name: string; props: Record<string, unknown> }[];
}

/** Stands in the props for JSX that the server has rendered between two marks. */
type Slot = FunctionComponent<{ id: number }>;

/** A signal passes for JSX with Preact. */
export const isElement = (value: unknown) => isValidElement(value) && !(value instanceof Signal);

/** @throws {TypeError} If a value would not arrive as it was sent. */
export function encodeState(state: PageState, slot: Slot): string {
  try {
    return stringify(state, {
      Signal: (value) => value instanceof Signal && [value.peek(), isComputed(value)],
      Slot: (value) => isElement(value) && value.type === slot && value.props,
      Element: (value) => isElement(value) && isElement, // A function, so that it is refused with its path.
    });
  } catch (error) {
    const { message, path = "" } = error as { message: string; path?: string };
    const [, index, rest] = /^\.islands\[(\d+)\]\.props(.*)$/.exec(path) ?? [];
    const { file, name } = state.islands[Number(index)]!;
    const place = `${file}:${name}${rest}`;
    throw new TypeError(`Cannot send the props of island ${place}: ${message} (${HINT})`, { cause: error });
  }
}

export function readState(text: string, slot: Slot): PageState {
  return parse(text, {
    Signal: ([value, isComputed]) => isComputed ? computed(() => value) : signal(value),
    Slot: (props) => h(slot, props),
  });
}

/** Told by the missing setter, since the class is not exported. */
const isComputed = (value: Signal) =>
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(value), "value")?.set === undefined;
