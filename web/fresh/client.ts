/**
 * The browser's side: finds the islands between their comments and hydrates them where they stand.
 *
 * @module
 */

import { type ComponentChildren, type ComponentType, type ContainerNode, h, hydrate } from "preact";
import { readProps, Slot } from "./props.ts";

const state: { islands: [url: string, name: string][]; props: string } = JSON.parse(
  document.getElementById("frsh-state")!.textContent!,
);
const modules = await Promise.all(state.islands.map(([url]) => import(url)));
const props = readProps(state.props);
const slots = new Map<number, ComponentChildren>();

for (const { id, start, end } of takeIslands(document.body)) {
  try {
    hydrate(toIsland(id), rootBetween(start, end));
  } catch (error) {
    reportError(error);
  }
}

/** Takes the marks of the outermost islands off the page, and reads what they were given as JSX. */
function takeIslands(parent: Node): { id: number; start: Node; end: Node }[] {
  const found = [];
  for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
    const id = idOf(node, "island");
    if (id === undefined) {
      found.push(...takeIslands(node));
      continue;
    }
    const { content, close } = inside(node, "island");
    readSlots(content);
    found.push({ id, start: hide(node), end: node = hide(close) });
  }
  return found;
}

function toIsland(id: number) {
  const [, name] = state.islands[id]!;
  const given = Object.entries(props[id]!).map((
    [key, value],
  ) => [key, value instanceof Slot ? shown(value) : value]);
  return h(modules[id][name] as ComponentType, Object.fromEntries(given));
}

function shown({ id }: Slot): ComponentChildren {
  const template = document.getElementById(`frsh-slot-${id}`) as HTMLTemplateElement | null;
  if (!slots.has(id) && template !== null) slots.set(id, toVNodes([...template.content.childNodes]));
  return slots.get(id);
}

/** Reads every slot among these nodes once, and takes the marks of all its showings away. */
function readSlots(nodes: ChildNode[]): void {
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!;
    const id = idOf(node, "slot");
    if (id === undefined) {
      readSlots([...node.childNodes]);
      continue;
    }
    const { content, close } = inside(node, "slot");
    const children = toVNodes(content);
    if (!slots.has(id)) slots.set(id, children);
    node.remove();
    close.remove();
    at += content.length + 1;
  }
}

/** The server's nodes as vnodes that adopt them: the browser has no other source of what an island was given. */
function toVNodes(nodes: ChildNode[]): ComponentChildren[] {
  const vnodes: ComponentChildren[] = [];
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!;
    const id = idOf(node, "island");
    if (node instanceof Text) vnodes.push(node.data);
    if (node instanceof Element) {
      vnodes.push(h(node.localName, attributesOf(node), toVNodes([...node.childNodes])));
    }
    if (id === undefined) continue;
    const { content, close } = inside(node, "island");
    readSlots(content);
    vnodes.push(toIsland(id));
    node.remove();
    close.remove();
    at += content.length + 1;
  }
  return vnodes;
}

function attributesOf(element: Element): Record<string, unknown> {
  return Object.fromEntries([...element.attributes].map(({ name, value }) => {
    const property = (element as unknown as Record<string, unknown>)[name];
    return [name, typeof property === "boolean" ? property : value];
  }));
}

function idOf(node: Node, kind: "island" | "slot"): number | undefined {
  const mark = `frsh:${kind}:`;
  return node instanceof Comment && node.data.startsWith(mark)
    ? Number(node.data.slice(mark.length))
    : undefined;
}

/** What stands between a mark and its end; a slot may hold islands, and those slots. */
function inside(open: ChildNode, kind: "island" | "slot"): { content: ChildNode[]; close: ChildNode } {
  const content: ChildNode[] = [];
  let depth = 0;
  for (let node = open.nextSibling; node !== null; node = node.nextSibling) {
    if (idOf(node, kind) !== undefined) depth++;
    if (node instanceof Comment && node.data === `/frsh:${kind}` && depth-- === 0) {
      return { content, close: node };
    }
    content.push(node);
  }
  throw new Error(
    `Cannot find the end of ${kind} ${idOf(open, kind)}: its HTML is nested as no browser allows`,
  );
}

/** An empty text node holds the place, because Preact walks over comments when it looks for one. */
function hide(mark: ChildNode): Text {
  const text = new Text("");
  mark.replaceWith(text);
  return text;
}

/** The part of a parent between two nodes, with as much of a node's face as Preact asks of a root. */
function rootBetween(start: Node, end: Node): ContainerNode {
  const parent = start.parentNode as Element;
  const root = {
    nodeType: Node.ELEMENT_NODE,
    parentNode: parent,
    namespaceURI: parent.namespaceURI,
    get firstChild() {
      return start.nextSibling === end ? null : start.nextSibling;
    },
    get childNodes() {
      const nodes = [];
      for (let node = start.nextSibling; node !== null && node !== end; node = node.nextSibling) {
        nodes.push(node);
      }
      return nodes;
    },
    contains: (node: Node) => root.childNodes.some((child) => child.contains(node)),
    insertBefore: (node: Node, next: Node | null) => parent.insertBefore(node, next ?? end),
    appendChild: (node: Node) => parent.insertBefore(node, end),
    removeChild: (node: Node) => parent.removeChild(node),
  };
  return root as unknown as ContainerNode;
}
