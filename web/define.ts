/**
 * What every request carries, and the functions that give routes their types.
 *
 * @module
 */

import { createDefine } from "fresh";
import type { Feed } from "./feed.ts";
import type { System } from "./components/system/system.ts";
import type { Store } from "./store.ts";

export interface State {
  store: Store;
  feed: Feed;
  system: () => Promise<System>;
}

export const define = createDefine<State>();
