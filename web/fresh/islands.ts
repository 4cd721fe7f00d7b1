/**
 * Islands and the document on the server. An island stands between two comments with the number of its props, so that
 * no HTML parser moves it; `<head>` takes what pages left for it, and `<body>` ends with the islands' props and script.
 *
 * @module
 */

import { type ComponentChildren, createContext, Fragment, h, options, toChildArray } from "preact";
import type { VNode } from "preact";
import { useContext } from "preact/hooks";
import type { Build } from "./build.ts";
import { encodeProps, isElement, Slot } from "./props.ts";
import { Head } from "./runtime.ts";

/** What a render has found so far: islands and props share an index, slots have theirs. */
export interface Rendered {
  readonly build: Build;
  readonly nonce: string | undefined;
  readonly head: ComponentChildren[];
  readonly islands: Island[];
  readonly props: object[];
  readonly slots: { children: ComponentChildren; isShown: boolean }[];
  readonly preloaded: Set<string>;
}

type Island = { file: string; name: string };
type Given = Record<string, unknown> & { children?: ComponentChildren };
type StandIn = (props: { given: Given }) => VNode | null;

export const RenderedContext = createContext<Rendered | null>(null);
const useRendered = () => useContext(RenderedContext)!;
const InsideIsland = createContext(false);

/** What renders in the place of an element or component. */
const standIns = new Map<unknown, StandIn>([
  [Head, ({ given }) => (useRendered().head.push(given.children), null)],
  ["head", ({ given }) => plain("head", { ...given, children: headOf(given, useRendered().head) })],
  ["body", ({ given }) => plain("body", { ...given, children: [given.children, h(BodyEnd, null)] })],
  ["script", ({ given }) => plain("script", { nonce: useContext(RenderedContext)?.nonce, ...given })],
  ["style", ({ given }) => plain("style", { nonce: useContext(RenderedContext)?.nonce, ...given })],
]);

/** Makes islands of all functions that the modules export; one that is only a helper is never rendered as such. */
export function registerIslands(modules: Record<string, Record<string, unknown>>): void {
  for (const [file, module] of Object.entries(modules)) {
    for (const [name, value] of Object.entries(module).filter(([, value]) => !standIns.has(value))) {
      if (typeof value === "function") {
        standIns.set(value, ({ given }) => toIsland({ file, name }, value as never, given));
      }
    }
  }
}

const before = options.vnode;
options.vnode = (vnode) => {
  const standIn = standIns.get(vnode.type);
  if (standIn !== undefined) Object.assign(vnode, { type: standIn, props: { given: vnode.props } });
  before?.(vnode);
};

/** A vnode that the hook above leaves as it is. */
function plain(type: VNode["type"], props: object): VNode {
  return Object.assign(h(Fragment, props), { type });
}

function toIsland(island: Island, type: VNode["type"], given: Given): VNode {
  const rendered = useRendered();
  if (useContext(InsideIsland)) return plain(type, given);
  const sent: Record<string, unknown> = {}, shown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    const isSlot = isElement(value) || (key === "children" && typeof value !== "function");
    const id = rendered.slots.length;
    if (isSlot) rendered.slots.push({ children: value as ComponentChildren, isShown: false });
    sent[key] = isSlot ? new Slot(id) : value;
    shown[key] = isSlot ? h(ShownSlot, { id }) : value;
  }
  rendered.islands.push(island);
  return marked("island", rendered.props.push(sent) - 1, inside(true, plain(type, shown)));
}

function ShownSlot({ id }: { id: number }): VNode {
  const slot = useRendered().slots[id]!;
  slot.isShown = true;
  return marked("slot", id, inside(false, slot.children));
}

/** What an island was given and does not show yet travels in templates. */
function HiddenSlots(): VNode | null {
  const { slots } = useRendered();
  const id = slots.findIndex(({ isShown }) => !isShown);
  if (id < 0) return null;
  slots[id]!.isShown = true;
  const template = h("template", { id: `frsh-slot-${id}` }, slots[id]!.children);
  return h(Fragment, null, template, h(HiddenSlots, null));
}

function inside(value: boolean, children: ComponentChildren): ComponentChildren {
  return h(InsideIsland.Provider, { value, children });
}

/** preact-render-to-string writes this prop of a fragment as a comment. */
function marked(kind: string, id: number, content: ComponentChildren): VNode {
  const comment = (text: string) => h(Fragment, { UNSTABLE_comment: text } as object);
  return h(Fragment, null, comment(`frsh:${kind}:${id}`), content, comment(`/frsh:${kind}`));
}

/** Two elements are one if they have one key, are titles, or metas of one name: the page's replaces `_app`'s. */
function headOf(given: Given, added: ComponentChildren[]): ComponentChildren[] {
  const identity = (child: ComponentChildren) => {
    const { type, key, props } = child as VNode<Given>;
    if (key !== undefined && key !== null) return `${String(type)} ${key}`;
    return type === "title" ? type : type === "meta" && (props.name ?? props.property) || child;
  };
  const elements = new Map(toChildArray([given.children, added]).map((child) => [identity(child), child]));
  return [...elements.values(), h(Preloads, null)];
}

/** Names every module that the islands so far will load, once. */
function Preloads(): VNode {
  const { build, islands, preloaded } = useRendered();
  const all = new Set(islands.flatMap(({ file }) => [...build.boot, ...build.scripts[file] ?? []]));
  const missing = [...all].filter((href) => !preloaded.has(href));
  for (const href of missing) preloaded.add(href);
  return h(Fragment, null, ...missing.map((href) => h("link", { rel: "modulepreload", href })));
}

function BodyEnd(): VNode {
  return h(Fragment, null, h(HiddenSlots, null), h(Scripts, null));
}

/** Inert data and the one script; a page without islands has neither. */
function Scripts(): VNode | null {
  const { build, islands, props } = useRendered();
  if (islands.length === 0 && build.dev === undefined) return null;
  const names = islands.map(({ file, name }) => `${file}:${name}`);
  const urls = islands.map(({ file, name }) => [build.scripts[file]?.[0], name]);
  const json = JSON.stringify({ dev: build.dev, islands: urls, props: encodeProps(props, names) });
  const dangerouslySetInnerHTML = { __html: json.replaceAll("<", "\\u003c") };
  const data = h("script", { id: "frsh-state", type: "application/json", dangerouslySetInnerHTML });
  const boot = h("script", { type: "module", src: build.boot[0] });
  return h(Fragment, null, h(Preloads, null), data, boot);
}
