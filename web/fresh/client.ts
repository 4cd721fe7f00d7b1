/**
 * The browser's side: finds the islands between their marks and hydrates them where they stand.
 *
 * @module
 */

import { type ComponentChildren, type ContainerNode, h, hydrate, type VNode } from "preact";
import { readProps, Slot } from "./props.ts";

type State = { dev?: string; islands: [url: string, name: string][]; props: string };

const state: State = JSON.parse(document.getElementById("frsh-state")!.textContent!);
// First of all: a server that starts again takes away what this page still loads.
if (state.dev !== undefined) {
  new EventSource("/_fresh/alive").onmessage = ({ data }) => data === state.dev || location.reload();
}
const modules = await Promise.all(state.islands.map(([url]) => import(url)));
const props = readProps(state.props);
const slots = new Map<number, ComponentChildren>();

for (const [island, root] of takeIslands()) {
  try {
    hydrate(island, root);
  } catch (error) {
    reportError(error);
  }
}

/** Takes the marks of the outermost islands off the page, and reads what the islands were given. */
function takeIslands(): [VNode, ContainerNode][] {
  const found: [VNode, ContainerNode][] = [];
  const comments = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
  while (comments.nextNode()) {
    const node = comments.currentNode as Comment, mark = markOf(node);
    if (mark === undefined) continue;
    const { content, close } = inside(node);
    toVNodes(content);
    // Empty text nodes hold the place, because Preact walks over comments when it looks for one.
    const start = new Text(""), end = new Text("");
    node.replaceWith(start);
    close.replaceWith(end);
    found.push([toIsland(mark.id), rootBetween(start, end)]);
    comments.currentNode = end;
  }
  return found;
}

function toIsland(id: number): VNode {
  const given = Object.entries(props[id]!).map((
    [key, value],
  ) => [key, value instanceof Slot ? shown(value) : value]);
  return h(modules[id][state.islands[id]![1]], Object.fromEntries(given));
}

function shown({ id }: Slot): ComponentChildren {
  const template = document.getElementById(`frsh-slot-${id}`) as HTMLTemplateElement | null;
  if (!slots.has(id) && template !== null) slots.set(id, toVNodes([...template.content.childNodes]));
  return slots.get(id);
}

/**
 * The server's nodes as vnodes that adopt them, without any mark among them. Slots are kept on the way: the browser has
 * no other source of what an island was given. Of an island's own nodes the component makes the vnodes.
 */
function toVNodes(nodes: ChildNode[]): ComponentChildren[] {
  const vnodes: ComponentChildren[] = [];
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!, mark = markOf(node);
    if (node instanceof Text) vnodes.push(node.data);
    if (node instanceof Element) {
      vnodes.push(h(node.localName, attributesOf(node), toVNodes([...node.childNodes])));
    }
    if (mark === undefined) continue;
    const { content, close } = inside(node as Comment), children = toVNodes(content);
    if (mark.kind === "island") vnodes.push(toIsland(mark.id));
    else if (!slots.has(mark.id)) slots.set(mark.id, children);
    node.remove();
    close.remove();
    at += content.length + 1;
  }
  return vnodes;
}

function attributesOf(element: Element): Record<string, unknown> {
  return Object.fromEntries([...element.attributes].map(({ name, value }) => {
    const property: unknown = Reflect.get(element, name);
    return [name, typeof property === "boolean" ? property : value];
  }));
}

function markOf(node: Node): { kind: string; id: number } | undefined {
  const [, kind, id] = /^frsh:(island|slot):(\d+)$/.exec(node instanceof Comment ? node.data : "") ?? [];
  return kind === undefined ? undefined : { kind, id: Number(id) };
}

/** What stands between a mark and its end. */
function inside(open: Comment): { content: ChildNode[]; close: Comment } {
  const content: ChildNode[] = [];
  for (let node = open.nextSibling; node !== null; node = node.nextSibling) {
    if (node instanceof Comment && node.data === `/${open.data}`) return { content, close: node };
    content.push(node);
  }
  throw new Error(`Cannot find the end of "${open.data}": the browser moved what is nested wrongly`);
}

/** The part of a parent between two nodes, with as much of a node's face as Preact asks of a root. */
function rootBetween(start: Text, end: Text): ContainerNode {
  const parent = start.parentElement!, { namespaceURI } = parent, nodes = [...parent.childNodes];
  const childNodes = nodes.slice(nodes.indexOf(start) + 1, nodes.indexOf(end));
  const insertBefore = (node: Node, next: Node | null) => parent.insertBefore(node, next ?? end);
  return { namespaceURI, childNodes, firstChild: childNodes[0], insertBefore } as unknown as ContainerNode;
}
