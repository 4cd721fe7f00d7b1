/**
 * Islands on the server: a component from `islands/` renders between two comments that carry the number of its
 * props, so that the HTML parser moves nothing and the browser finds it again.
 *
 * @module
 */

import {
  type ComponentChildren,
  type ComponentType,
  createContext,
  Fragment,
  h,
  options,
  type VNode,
} from "preact";
import { useContext } from "preact/hooks";
import { isElement, Slot } from "./props.ts";

/** An island's module, as its path below the root without the extension, and the export that it is. */
export type IslandName = readonly [file: string, exportName: string];

/** What one render found out: islands and props share an index, and so do slots and their ids. */
export class Rendered {
  readonly islands: IslandName[] = [];
  readonly props: Record<string, unknown>[] = [];
  readonly slots: ComponentChildren[] = [];
  readonly shown = new Set<number>();
}

export const RenderedContext = createContext<Rendered | null>(null);
const InsideIsland = createContext(false);
const names = new WeakMap<object, IslandName>();

/** Makes every function that the modules export an island; a helper beside them is never rendered as one. */
export function registerIslands(modules: Record<string, Record<string, unknown>>): void {
  for (const [file, module] of Object.entries(modules)) {
    for (const [name, value] of Object.entries(module)) {
      if (typeof value === "function" && !names.has(value)) names.set(value, [file, name]);
    }
  }
}

/** A vnode that the hook below leaves as it is. */
export function plain(type: VNode["type"], props: object): VNode {
  const vnode = h(Fragment, props);
  vnode.type = type;
  return vnode;
}

const before = options.vnode;
options.vnode = (vnode) => {
  const name = typeof vnode.type === "function" ? names.get(vnode.type) : undefined;
  if (name !== undefined) {
    vnode.props = { name, type: vnode.type, given: vnode.props } as unknown as VNode["props"];
    vnode.type = Island as ComponentType;
  }
  before?.(vnode);
};

function Island(
  { name, type, given }: { name: IslandName; type: VNode["type"]; given: Record<string, unknown> },
) {
  const rendered = useContext(RenderedContext);
  if (useContext(InsideIsland) || rendered === null) return plain(type, given);
  const sent: Record<string, unknown> = {};
  const shown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    const isSlot = isElement(value) || (key === "children" && typeof value !== "function");
    const id = isSlot ? rendered.slots.push(value as ComponentChildren) - 1 : -1;
    sent[key] = isSlot ? new Slot(id) : value;
    shown[key] = isSlot ? h(ShownSlot, { id }) : value;
  }
  const index = rendered.props.push(sent) - 1;
  rendered.islands.push(name);
  return between(
    `frsh:island:${index}`,
    h(InsideIsland.Provider, { value: true, children: plain(type, shown) }),
    "/frsh:island",
  );
}

function ShownSlot({ id }: { id: number }) {
  const rendered = useContext(RenderedContext)!;
  rendered.shown.add(id);
  const children = rendered.slots[id];
  return between(`frsh:slot:${id}`, h(InsideIsland.Provider, { value: false, children }), "/frsh:slot");
}

/** JSX that an island was given and has not shown yet travels in templates. */
export function HiddenSlots(): VNode | null {
  const rendered = useContext(RenderedContext)!;
  const id = rendered.slots.findIndex((_, at) => !rendered.shown.has(at));
  if (id < 0) return null;
  rendered.shown.add(id);
  return h(
    Fragment,
    null,
    h("template", { id: `frsh-slot-${id}` }, rendered.slots[id]),
    h(HiddenSlots, null),
  );
}

function between(start: string, content: ComponentChildren, end: string): VNode {
  return h(Fragment, null, comment(start), content, comment(end));
}

/** preact-render-to-string writes this prop of a fragment as a comment. */
function comment(text: string): VNode {
  return h(Fragment, { UNSTABLE_comment: text } as object);
}
