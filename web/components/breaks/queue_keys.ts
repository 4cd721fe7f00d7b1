/**
 * The keys of the queue, as its help names them.
 *
 * @module
 */

import type { Keys } from "../keys.ts";

export const QUEUE_KEYS: Keys = [
  ["j", "Next break"],
  ["k", "Previous break"],
  ["Enter", "Open the break"],
  ["Esc", "Close what is open"],
  ["x", "Select the break, for an action on many"],
  ["a", "Assign to me"],
  ["v", "Start review"],
  ["c", "Comment"],
  ["r", "Resolve"],
  ["w", "Write off"],
  ["p", "Approve what waits for a second person"],
  ["u", "Show what is new"],
  ["/", "Search"],
  ["?", "This help"],
];
