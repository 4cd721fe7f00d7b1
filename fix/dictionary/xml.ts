/**
 * The little of XML that QuickFIX dictionaries use: elements and attributes, no text, no entities.
 *
 * @module
 */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
}

const TAG = /<(\/?)([A-Za-z]\w*)((?:\s+\w+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;
const ATTRIBUTE = /(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** @throws {SyntaxError} If elements are not closed in the order they were opened. */
export function readXml(text: string): Element {
  const root: Element = { name: "", attributes: {}, children: [] };
  const open = [root];
  for (const [, closes, name, attributes, empty] of text.replace(/<!--[\s\S]*?-->/g, "").matchAll(TAG)) {
    if (closes) {
      if (open.pop()?.name !== name) throw new SyntaxError(`Cannot read XML: </${name}> closes nothing`);
      continue;
    }
    const element: Element = { name: name!, attributes: readAttributes(attributes!), children: [] };
    open.at(-1)!.children.push(element);
    if (!empty) open.push(element);
  }
  if (open.length !== 1 || root.children.length !== 1) {
    throw new SyntaxError("Cannot read XML: no single root");
  }
  return root.children[0]!;
}

/** The first child of this name; an empty element when there is none. */
export function child(parent: Element, name: string): Element {
  return parent.children.find((element) => element.name === name) ?? { name, attributes: {}, children: [] };
}

function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(ATTRIBUTE)].map(([, name, double, single]) => [
    name,
    double ?? single ?? "",
  ]));
}
