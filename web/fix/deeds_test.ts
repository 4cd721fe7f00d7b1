import assert from "node:assert/strict";
import type { ShownMessage } from "../components/fix/message.ts";
import { tellDeed } from "./deeds.ts";

const CASES: [message: string, deed: string][] = [
  ["35=D|54=1|38=1000|55=AAPL|44=271.50", "New order: buy 1,000 AAPL limit 271.5"],
  ["35=D|54=5|38=10|55=[N/A]|48=US912810TM09", "New order: sell short 10 US912810TM09 at market"],
  ["35=8|150=0", "Acknowledges the order"],
  ["35=8|150=8|58=Market closed", "Rejects the order: Market closed"],
  ["35=8|150=F|32=100|31=271.50", "Fills 100 at 271.5"],
  ["35=8|150=G|19=E-1|32=100|31=271.40", "Corrects execution E-1 to 100 at 271.4"],
  ["35=8|150=H|19=E-1", "Busts execution E-1"],
  ["8=FIX.4.2|35=8|150=1|20=0|32=5|31=2", "Fills 5 at 2"],
  ["8=FIX.4.2|35=8|150=2|20=1|19=E-1|32=5|31=2", "Busts execution E-1"],
  ["8=FIX.4.2|35=8|150=2|20=2|19=E-1|32=5|31=3", "Corrects execution E-1 to 5 at 3"],
  ["8=FIX.4.2|35=8|150=2|20=3", "Says where the order stands"],
  ["35=8|150=?", "Reports ExecType ?"],
  ["35=9|434=1", "Refuses to cancel"],
  ["35=9|434=2|58=Too late", "Refuses other terms: Too late"],
  ["35=Q|17=E-1", "Does not know execution E-1"],
  ["35=P|87=0", "Allocation: accepted"],
  ["35=XX", "Unknown message (XX)"],
];

for (const [text, deed] of CASES) {
  Deno.test(`tellDeed() tells ${text}`, () => {
    const fields = text.split("|").map((part) => part.split("=")).map(([tag, value]) =>
      [Number(tag), value!] as const
    );
    const said = (wanted: number) => fields.find(([tag]) => tag === wanted)?.[1];
    const message: ShownMessage = {
      line: 1,
      ok: true,
      beginString: said(8) ?? "FIX.4.4",
      msgType: said(35)!,
      msgName: "",
      fields,
      errors: [],
      tree: [{ name: "body", fields: [] }],
      pipeline: null,
    };
    assert.equal(tellDeed(message), deed);
  });
}
