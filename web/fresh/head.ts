/**
 * `<Head>`: a page's own elements for the document's head.
 *
 * @module
 */

import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";

/** Collects while a page renders. In the browser there is none, and `<Head>` does nothing. */
export const HeadContext = createContext<ComponentChildren[] | null>(null);

export function Head({ children }: { children?: ComponentChildren }): null {
  useContext(HeadContext)?.push(children);
  return null;
}
