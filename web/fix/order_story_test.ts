import assert from "node:assert/strict";
import { framed } from "../../shared/fix/testdata/fix.ts";
import type { StoredMessage } from "../store/orders.ts";
import { toStory } from "./order_story.ts";

const ORDER = "11=O-1|21=1|55=AAPL|54=1|60=20261123-14:30:00|38=100|40=2|44=190|";
const REPORT = "37=B1|11=O-1|55=AAPL|54=1|38=100|44=190|6=189|60=20261123-14:30:00|";

/** Messages from `35=` on, each sent a second after the one before. */
const TOLD = [
  ["BREAKWATER|56=GSCO", "D", ORDER],
  ["GSCO|56=BREAKWATER", "8", `${REPORT}17=X1|150=0|39=0|14=0|151=100|`],
  ["GSCO|56=BREAKWATER", "8", `${REPORT}17=E-1|150=F|39=1|32=60|31=189|14=60|151=40|`],
  ["GSCO|56=BREAKWATER", "8", `${REPORT}17=E-2|19=E-1|150=H|39=0|14=0|151=100|`],
  ["GSCO|56=BREAKWATER", "8", `${REPORT}17=E-3|150=F|39=1|32=40|31=189|14=40|151=60|`],
  ["GSCO|56=BREAKWATER", "8", `${REPORT}17=X2|150=6|39=6|14=40|151=60|`],
  ["GSCO|56=BREAKWATER", "9", "37=B1|11=O-2|41=O-1|39=1|434=1|102=0|60=20261123-14:30:06|"],
] as const;

function stored(sender: string, msgType: string, body: string, second: number): StoredMessage {
  const at = `2026-11-23T14:30:0${second}.000000Z`;
  return {
    topic: "fix-trades",
    partition: 0,
    offset: String(second),
    raw: framed(`35=${msgType}|49=${sender}|34=${second + 1}|52=20261123-14:30:0${second}|${body}`),
    sender_comp_id: sender.split("|")[0]!,
    target_comp_id: sender.split("=")[1]!,
    msg_seq_num: second + 1,
    sending_time: at,
    recorded_at: at,
  };
}

Deno.test("toStory() lowers what is filled at a bust, and undoes a cancel that was refused", () => {
  const story = toStory(TOLD.map(([sender, msgType, body], n) => stored(sender, msgType, body, n)));
  const states = story.map(({ state }) => [state?.ord_status, state?.cum_qty, state?.leaves_qty]);
  assert.deepEqual(states, [
    ["A", "0", "100"],
    ["0", "0", "100"],
    ["1", "60", "40"],
    ["0", "0", "100"],
    ["1", "40", "60"],
    ["6", "40", "60"],
    ["1", "40", "60"],
  ]);
  assert.equal(story.at(-1)!.is_stated, true);
});
