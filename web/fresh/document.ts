/**
 * The document around a page: `<head>` takes what pages left for it, `<body>` ends with the islands' props and
 * their script. Both are completed wherever they stand, in `_app` or in a page that skips it.
 *
 * @module
 */

import {
  type ComponentChildren,
  createContext,
  Fragment,
  h,
  options,
  toChildArray,
  type VNode,
} from "preact";
import { useContext } from "preact/hooks";
import type { Build } from "./build.ts";
import { HiddenSlots, type IslandName, plain, type Rendered } from "./islands.ts";
import { encodeProps } from "./props.ts";

export interface DocumentState {
  readonly build: Build;
  readonly rendered: Rendered;
  readonly head: ComponentChildren[];
  readonly nonce: string | undefined;
  readonly preloaded: Set<string>;
}

export const DocumentContext = createContext<DocumentState | null>(null);

const PARTS: Record<string, (props: { given: Given }) => VNode> = {
  head: DocumentHead,
  body: DocumentBody,
  script: ({ given }) => plain("script", withNonce(given)),
  style: ({ given }) => plain("style", withNonce(given)),
};

interface Given {
  children?: ComponentChildren;
  nonce?: string;
}

const before = options.vnode;
options.vnode = (vnode) => {
  const part = typeof vnode.type === "string" && Object.hasOwn(PARTS, vnode.type)
    ? PARTS[vnode.type]
    : undefined;
  if (part !== undefined) {
    vnode.props = { given: vnode.props } as unknown as VNode["props"];
    vnode.type = part as VNode["type"];
  }
  before?.(vnode);
};

function withNonce(given: Given): Given {
  const nonce = useContext(DocumentContext)?.nonce;
  return nonce === undefined ? given : { nonce, ...given };
}

function DocumentHead({ given }: { given: Given }): VNode {
  const state = useContext(DocumentContext);
  if (state === null) return plain("head", given);
  const own = elementsOf(given.children);
  const added = new Map(elementsOf(state.head).map((child) => [keyOf(child), child]));
  const kept = own.filter((child) => !added.has(keyOf(child)));
  return plain("head", { ...given, children: [...kept, ...added.values(), h(Preloads, null)] });
}

function DocumentBody({ given }: { given: Given }): VNode {
  if (useContext(DocumentContext) === null) return plain("body", given);
  return plain("body", { ...given, children: [given.children, h(HiddenSlots, null), h(IslandState, null)] });
}

function elementsOf(children: ComponentChildren): ComponentChildren[] {
  return toChildArray(children).flatMap((child) => {
    const vnode = child as VNode<Given>;
    return vnode.type === Fragment ? elementsOf(vnode.props.children) : [child];
  });
}

/** Two elements with one key are one: the title, a meta of one name, or what the author gave the same key. */
function keyOf(child: ComponentChildren): unknown {
  if (typeof child !== "object" || child === null) return {};
  const { type, key, props } = child as VNode<Record<string, unknown>>;
  if (key !== undefined && key !== null) return `${String(type)} ${key}`;
  if (type === "title") return "title";
  const name = props.name ?? props.property ?? props["http-equiv"];
  return type === "meta" && name !== undefined ? `meta ${name}` : child;
}

/** Names every module that the islands so far will load, once. */
function Preloads(): VNode {
  const { build, rendered, preloaded } = useContext(DocumentContext)!;
  if (rendered.islands.length === 0) return h(Fragment, null);
  const all = new Set([...build.boot, ...rendered.islands.flatMap(([file]) => build.scripts[file] ?? [])]);
  const missing = [...all].filter((href) => !preloaded.has(href));
  for (const href of missing) preloaded.add(href);
  return h(Fragment, null, ...missing.map((href) => h("link", { rel: "modulepreload", href })));
}

/** Inert data and the one script; a page without islands has neither. */
function IslandState(): VNode | null {
  const { build, rendered } = useContext(DocumentContext)!;
  if (rendered.islands.length === 0) return null;
  const islands = rendered.islands.map(([file, name]: IslandName) => [build.scripts[file]?.[0], name]);
  const json = JSON.stringify({ islands, props: encodeProps(rendered.props, rendered.islands) });
  return h(
    Fragment,
    null,
    h(Preloads, null),
    h("script", {
      id: "frsh-state",
      type: "application/json",
      dangerouslySetInnerHTML: { __html: json.replaceAll("<", "\\u003c") },
    }),
    h("script", { type: "module", src: build.boot[0] }),
  );
}
