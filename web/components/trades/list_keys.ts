/**
 * The keys of the list, as its help names them.
 *
 * @module
 */

import type { Keys } from "../keys.ts";

export const LIST_KEYS: Keys = [
  ["j, ↓", "Next trade"],
  ["k, ↑", "Previous trade"],
  ["Page Down, Page Up", "A page on, a page back"],
  ["Home, End", "First trade, last trade"],
  ["Enter", "Open the trade"],
  ["n", "Show what is new"],
  ["/", "Search"],
  ["?", "This help"],
];
