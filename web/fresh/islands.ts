/**
 * Islands and the document on the server. An island stands between two comments with the number of its props, so that
 * no HTML parser moves it; `<head>` takes what pages left for it, and `<body>` ends with the islands' props and script.
 *
 * @module
 */

import { type ComponentChildren, createContext, Fragment, h, options, toChildArray } from "preact";
import type { VNode } from "preact";
import { useContext } from "preact/hooks";
import { renderToString } from "preact-render-to-string";
import type { Build } from "./build.ts";
import { encodeState, isElement, type PageState } from "./props.ts";
import { Head } from "./runtime.ts";

/** What a render has found so far. */
const findNothing = (nonce?: string) => ({
  nonce,
  head: [] as ComponentChildren[],
  islands: [] as PageState["islands"],
  slots: [] as { children: ComponentChildren; isShown: boolean }[],
});

type Given = Record<string, unknown> & { children?: ComponentChildren };
type StandIn = (props: { given: Given }) => VNode | null;

/** Of the document that is written now; the render never waits, so there is one at a time. */
let found = findNothing();
const InsideIsland = createContext(false);
const HEAD = "frsh:head", END = "frsh:end";

/** What renders in the place of an element or component. */
const standIns = new Map<unknown, StandIn>([
  [Head, ({ given }) => (found.head.push(given.children), null)],
  ["head", ({ given }) => {
    found.head.unshift(given.children);
    return plain("head", { ...given, children: mark(HEAD) });
  }],
  ["body", ({ given }) => plain("body", { ...given, children: [given.children, mark(END)] })],
  ["script", ({ given }) => plain("script", { nonce: found.nonce, ...given })],
  ["style", ({ given }) => plain("style", { nonce: found.nonce, ...given })],
]);

/** Makes islands of all functions that the modules export; one that is only a helper is never rendered as such. */
export function registerIslands(modules: Record<string, Record<string, unknown>>): void {
  for (const [file, module] of Object.entries(modules)) {
    for (const [name, value] of Object.entries(module)) {
      if (typeof value !== "function" || standIns.has(value)) continue;
      standIns.set(value, ({ given }) => toIsland(file, name, value as never, given));
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

function toIsland(file: string, name: string, type: VNode["type"], given: Given): VNode {
  if (useContext(InsideIsland)) return plain(type, given);
  const props: Record<string, unknown> = { ...given };
  for (const [key, value] of Object.entries(given)) {
    if (!isElement(value) && (key !== "children" || typeof value === "function")) continue;
    const id = found.slots.push({ children: value as ComponentChildren, isShown: false }) - 1;
    props[key] = h(Slot, { id });
  }
  const id = found.islands.push({ file, name, props }) - 1;
  return marked(`frsh:island:${id}`, true, plain(type, props));
}

function Slot({ id }: { id: number }): VNode {
  const slot = found.slots[id]!;
  slot.isShown = true;
  return marked(`frsh:slot:${id}`, false, slot.children);
}

function marked(text: string, isInsideIsland: boolean, children: ComponentChildren): VNode {
  const content = h(InsideIsland.Provider, { value: isInsideIsland, children });
  return h(Fragment, null, mark(text), content, mark(`/${text}`));
}

/** preact-render-to-string writes this prop of a fragment as a comment. */
const mark = (text: string) => h(Fragment, { UNSTABLE_comment: text } as object);

/** The document's two open ends are written last, when all is known that belongs there. */
export function writeDocument(page: VNode | null, { boot, scripts, dev }: Build, nonce?: string): string {
  found = findNothing(nonce);
  const html = renderToString(h(Fragment, null, page));
  // What an island was given and does not show yet travels in templates; those may hold more of it.
  let end = "";
  for (const [id, { isShown, children }] of found.slots.entries()) {
    if (!isShown) end += renderToString(h("template", { id: `frsh-slot-${id}` }, children));
  }
  // Inert data and the one script; a page without islands has neither.
  if (found.islands.length > 0 || dev !== undefined) {
    const islands = found.islands.map((island) => ({ ...island, url: scripts[island.file]?.[0] }));
    const dangerouslySetInnerHTML = { __html: encodeState({ dev, islands }, Slot) };
    end += renderToString(
      h("script", { id: "frsh-state", type: "application/json", dangerouslySetInnerHTML }),
    );
    end += renderToString(h("script", { type: "module", src: boot[0] }));
  }
  const modules = new Set(found.islands.flatMap(({ file }) => [...boot, ...scripts[file] ?? []]));
  const links = [...modules].map((href) => h("link", { rel: "modulepreload", href }));
  const head = renderToString(h(Fragment, null, toElements(found.head), links));
  return html.replace(`<!--${HEAD}-->`, () => head).replace(`<!--${END}-->`, () => end);
}

/** Two elements are one if they have one key, are titles, or metas of one name: the page's replaces `_app`'s. */
function toElements(children: ComponentChildren): ComponentChildren[] {
  const identity = (child: ComponentChildren) => {
    const { type, key, props } = child as VNode<Given>;
    if (key !== undefined && key !== null) return `${String(type)} ${key}`;
    return type === "title" ? type : type === "meta" && (props.name ?? props.property) || child;
  };
  return [...new Map(toChildArray(children).map((child) => [identity(child), child])).values()];
}
