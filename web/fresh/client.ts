/**
 * The browser's side: finds the islands between their marks and hydrates them where they stand.
 *
 * @module
 */

import { type ComponentChildren, type ContainerNode, Fragment, h, hydrate, type VNode } from "preact";
import { readState } from "./props.ts";

const slots = new Map<number, ComponentChildren>();
const { dev, islands } = readState(document.getElementById("frsh-state")!.textContent!, Slot);
// First of all: a server that starts again takes away what this page still loads.
if (dev !== undefined) {
  new EventSource("/_fresh/alive").onmessage = ({ data }) => data === dev || location.reload();
}
const modules = await Promise.all(islands.map(({ url }) => import(url!)));

const comments = document.createNodeIterator(document.body, NodeFilter.SHOW_COMMENT);
for (let node = comments.nextNode(); node !== null; node = comments.nextNode()) {
  const mark = markOf(node), open = node as Comment;
  if (mark === undefined) continue;
  try {
    const { content, close } = inside(open), parent = close.parentElement!, end = new Text("");
    toVNodes(content);
    // An empty text holds the place, because Preact walks over comments when it looks for one.
    close.replaceWith(end);
    open.remove();
    // The part of the parent between the marks, with as much of a node's face as Preact asks of a root.
    const childNodes = content.filter((child) => child.parentNode === parent), firstChild = childNodes[0];
    const insertBefore = (child: Node, next: Node | null) => parent.insertBefore(child, next ?? end);
    const root = { namespaceURI: parent.namespaceURI, childNodes, firstChild, insertBefore };
    hydrate(toIsland(mark.id), root as unknown as ContainerNode);
  } catch (error) {
    reportError(error);
  }
}

function toIsland(id: number): VNode {
  const { name, props } = islands[id]!;
  return h(modules[id][name], props);
}

/** What an island was given: as it was found on the page, else as it travelled in a template. */
function Slot({ id }: { id: number }): VNode {
  const template = document.getElementById(`frsh-slot-${id}`) as HTMLTemplateElement | null;
  if (!slots.has(id) && template !== null) slots.set(id, toVNodes(template.content.childNodes));
  return h(Fragment, null, slots.get(id));
}

/**
 * The server's nodes as vnodes that adopt them, without any mark among them. Slots are kept on the way: the browser has
 * no other source of what an island was given. Of an island's own nodes the component makes the vnodes.
 */
function toVNodes(siblings: Iterable<ChildNode>): ComponentChildren[] {
  const vnodes: ComponentChildren[] = [], nodes = [...siblings];
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!, mark = markOf(node);
    if (node instanceof Text) vnodes.push(node.data);
    if (node instanceof Element) vnodes.push(h(node.localName, propsOf(node), toVNodes(node.childNodes)));
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

function propsOf(element: Element): Record<string, unknown> {
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
