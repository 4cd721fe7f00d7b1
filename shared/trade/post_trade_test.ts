import assert from "node:assert/strict";
import { framed } from "../fix/testdata/fix.ts";
import type { PostTradeFact } from "./street.ts";
import { accepted, FILL, HEADER, rejectedCode } from "./testdata/street.ts";

const OWN = HEADER.replace("49=GSCO|56=BREAKWATER", "49=BREAKWATER|56=GSCO");
const TERMS = "381=18995|118=19015|12=0.05|13=1|136=3|137=4|139=4|137=3|138=USD|139=7|137=1|139=5|";
const ALLOCATION =
  "70=A-1|71=0|626=1|857=1|73=1|11=O-1|124=1|32=100|17=E-1|31=189.95|54=1|55=AAPL|53=100|6=189.95|" +
  "75=20261123|63=2|381=18995|78=1|79=FUND1|80=100|12=2|13=3|136=1|137=4|139=4|";
const ALLOCATION_42 = "70=A-1|71=0|73=1|11=O-1|54=1|55=AAPL|53=100|6=189.95|75=20261123|63=3|" +
  "78=1|79=FUND1|80=100|12=0.01|13=2|136=1|137=4|139=4|";
const CONFIRMATION =
  "664=C-1|666=0|773=2|665=4|73=1|11=O-1|70=A-1|60=20261123-15:00:00|75=20261123|55=AAPL|711=0|" +
  "555=0|80=100|54=1|862=1|528=A|863=100|79=FUND1|6=189.95|381=18995|118=19000|64=20261124|12=5|13=3|";
const CAPTURE =
  "571=R-1|487=0|17=E-9|570=N|55=AAPL|32=100|31=189.95|75=20261123|60=20261123-14:30:05|64=20261124|" +
  "552=1|54=1|37=B1|11=O-1|453=1|448=JPMS|447=D|452=1|12=5|13=3|118=19000|";

function factOf(body: string, version?: string): PostTradeFact {
  const { postTrade } = accepted(framed(body, version));
  assert(postTrade !== undefined);
  return postTrade;
}

Deno.test("readStreet() reads commission, fees and amounts of a fill", () => {
  const { terms } = accepted(framed(FILL + TERMS));
  assert.deepEqual(terms, {
    grossAmount: "18995",
    netAmount: "19015",
    accruedInterest: null,
    settlementDate: "2026-11-24",
    brokerageFee: "5",
    exchangeFee: "4",
    clearingFee: "3",
    otherFees: [{ type: "5", amount: "1", currency: null }],
  });
});

const COMMISSIONS: { name: string; terms: string; want: string | null }[] = [
  { name: "per unit", terms: "12=0.05|13=1|", want: "5" },
  { name: "of the gross amount", terms: "381=20000|12=0.0005|13=2|", want: "10" },
  { name: "of quantity by price where no gross amount is stated", terms: "12=0.001|13=2|", want: "18.995" },
  { name: "absolute", terms: "12=7.5|13=3|", want: "7.5" },
  { name: "absolute without a type", terms: "12=7.5|", want: "7.5" },
  { name: "of a kind that names no fee", terms: "12=7.5|13=4|", want: null },
];
for (const { name, terms, want } of COMMISSIONS) {
  Deno.test(`readStreet() reads a commission ${name}`, () => {
    assert.equal(accepted(framed(FILL + terms)).terms?.brokerageFee, want);
  });
}

const DAYS: { settlType: string; want: string | null }[] = [
  { settlType: "0", want: null },
  { settlType: "1", want: "2026-11-23" },
  { settlType: "2", want: "2026-11-24" },
  { settlType: "3", want: "2026-11-25" },
  { settlType: "5", want: "2026-11-27" },
  { settlType: "9", want: "2026-11-30" },
  { settlType: "6", want: null },
];
for (const { settlType, want } of DAYS) {
  Deno.test(`readStreet() reads SettlType ${settlType} without a date as ${want}`, () => {
    const body = FILL.replace("64=20261124", `63=${settlType}`);
    assert.equal(accepted(framed(body)).execution?.settlementDate, want);
  });
}

Deno.test("readStreet() takes the day at the venue where TradeDate is absent", () => {
  const evening = FILL.replace("75=20261123|", "30=XCME|").replace("60=20261123-14", "60=20261123-23");
  assert.equal(accepted(framed(evening)).execution?.tradeDate, "2026-11-24");
});

Deno.test("readStreet() takes the ExecBroker of 4.2 for the broker", () => {
  const body =
    `35=8|${HEADER}37=B1|11=O-1|76=CITI|17=E-1|20=0|150=2|39=2|55=AAPL|54=1|32=1|31=1|14=1|151=0|6=1|` +
    "60=20261123-14:30:05|";
  assert.equal(accepted(framed(body, "FIX.4.2")).execution?.counterparty, "Citi");
});

Deno.test("readStreet() reads the fund's allocation as intent, a broker's report as evidence", () => {
  const asked = factOf(`35=J|${OWN}${ALLOCATION}`);
  const said = factOf(`35=AS|${HEADER}755=R-1|794=3|87=0|${ALLOCATION.replace("626=1|", "")}`);
  assert(asked.kind === "allocation" && said.kind === "allocation");
  assert.deepEqual([asked.isEvidence, said.isEvidence, said.counterparty], [false, true, "Goldman Sachs"]);
  assert.deepEqual([said.status, said.clOrdIds, said.execIds, said.avgPx], ["0", ["O-1"], ["E-1"], "189.95"]);
  assert.equal(said.terms.settlementDate, "2026-11-24");
  const [account] = said.accounts;
  assert.deepEqual([account?.account, account?.terms.brokerageFee, account?.terms.exchangeFee], [
    "FUND1",
    "2",
    "4",
  ]);
});

Deno.test("readStreet() reads fees of an allocation of 4.2 by account", () => {
  const fact = factOf(`35=J|${OWN}${ALLOCATION_42}`, "FIX.4.2");
  assert(fact.kind === "allocation");
  assert.deepEqual(fact.accounts.map(({ terms }) => [terms.brokerageFee, terms.exchangeFee]), [[
    "189.95",
    "4",
  ]]);
  assert.equal(fact.terms.settlementDate, "2026-11-25");
});

Deno.test("readStreet() reads a confirmation as evidence and its affirmation as workflow", () => {
  const confirmation = factOf(`35=AK|${HEADER}${CONFIRMATION}`);
  const affirmation = factOf(`35=AU|${OWN}664=C-1|75=20261123|60=20261123-15:10:00|940=3|`);
  assert(confirmation.kind === "confirmation" && affirmation.kind === "affirmation");
  assert.deepEqual([confirmation.isEvidence, confirmation.status, confirmation.account], [
    true,
    "4",
    "FUND1",
  ]);
  assert.equal(confirmation.terms?.netAmount, "19000");
  assert.deepEqual([affirmation.isEvidence, affirmation.status, affirmation.confirmId], [false, "3", "C-1"]);
});

Deno.test("readStreet() reads a broker's new trade capture as an execution", () => {
  const { execution, postTrade } = accepted(framed(`35=AE|${HEADER}${CAPTURE}`));
  assert.equal(postTrade?.kind, "capture");
  assert.deepEqual([
    execution?.broker,
    execution?.execId,
    execution?.clOrdId,
    execution?.side,
    execution?.price,
  ], [
    "JPMS",
    "E-9",
    "O-1",
    "buy",
    "189.95",
  ]);
});

const NO_EXECUTIONS: { name: string; body: string }[] = [
  { name: "of the fund's own", body: `35=AE|${OWN}${CAPTURE}` },
  { name: "without ExecID", body: `35=AE|${HEADER}${CAPTURE.replace("17=E-9|", "")}` },
  { name: "that cancels", body: `35=AE|${HEADER}${CAPTURE.replace("487=0", "487=1")}` },
];
for (const { name, body } of NO_EXECUTIONS) {
  Deno.test(`readStreet() reads a trade capture ${name} as no execution`, () => {
    const { execution, postTrade } = accepted(framed(body));
    assert.deepEqual([execution, postTrade?.kind], [null, "capture"]);
  });
}

Deno.test("readStreet() reads DontKnowTrade as a dispute", () => {
  const fact = factOf(`35=Q|${OWN}37=B1|17=E-1|127=D|55=AAPL|54=1|32=100|31=189.95|58=unknown|`);
  assert.deepEqual(fact, {
    kind: "dispute",
    isEvidence: false,
    counterparty: "Goldman Sachs",
    saidAt: "2026-11-23T14:30:05.125000Z",
    execId: "E-1",
    orderId: "B1",
    reason: "D",
    text: "unknown",
  });
});

Deno.test("readStreet() reads why an allocation was refused", () => {
  const answer = factOf(
    `35=P|${HEADER}70=A-2|75=20261123|60=20261123-15:00:00|87=2|78=1|79=FUND9|776=0|58=no such account|`,
  );
  assert(answer.kind === "allocation");
  assert.deepEqual([answer.status, answer.reason, answer.text], ["2", "0", "no such account"]);
});

Deno.test("readStreet() reads what a confirmation replaces, and why it was refused", () => {
  const replaced = factOf(
    `35=AK|${HEADER}${CONFIRMATION.replace("666=0", "666=1").replace("773=2", "772=C-0|773=2")}`,
  );
  const refused = factOf(`35=AU|${OWN}664=C-1|75=20261123|60=20261123-15:10:00|940=2|774=2|`);
  assert(replaced.kind === "confirmation" && refused.kind === "affirmation");
  assert.deepEqual([replaced.transType, replaced.refConfirmId, replaced.saidAt], [
    "1",
    "C-0",
    "2026-11-23T15:00:00.000000Z",
  ]);
  assert.deepEqual([refused.status, refused.reason, refused.transType], ["2", "2", null]);
});

Deno.test("readStreet() reads the answer to a trade capture as a capture without terms", () => {
  const answer = factOf(`35=AR|${OWN}571=R-1|487=0|856=0|150=F|939=1|751=2|55=AAPL|60=20261123-14:31:00|`);
  assert(answer.kind === "capture");
  assert.deepEqual([answer.isEvidence, answer.status, answer.reason, answer.terms], [false, "1", "2", null]);
});

const REJECT = "37=B1|11=O-2|41=O-1|39=1|434=1|102=0|60=20261123-15:20:00|";

Deno.test("readStreet() reads the status an order is back in when its cancel is refused", () => {
  const { cancelReject, order, execution } = accepted(framed(`35=9|${HEADER}${REJECT}`));
  assert.deepEqual([order, execution, cancelReject], [null, null, {
    orderId: "O-1",
    ordStatus: "1",
    reason: "0",
    transactTime: "2026-11-23T15:20:00.000000Z",
    msgSeqNum: 7,
  }]);
  assert.equal(accepted(framed(`35=9|${OWN}${REJECT}`)).cancelReject, undefined);
});

Deno.test("readStreet() keeps under lenient an allocation whose facts cannot be read", () => {
  const body = framed(`35=J|${OWN}${ALLOCATION.replace("80=100", "80=1e2")}`);
  assert.equal(rejectedCode(body), "bad_format");
  const { postTrade, faults } = accepted(body, "lenient");
  assert.deepEqual([postTrade, faults.length], [undefined, 1]);
});

Deno.test("readStreet() reads a message of FIX 5.0 SP2", () => {
  const { execution } = accepted(framed(FILL.replace("35=8|", "35=8|1128=9|"), "FIXT.1.1"));
  assert.equal(execution?.kind, "trade");
});

for (const execType of ["J", "K", "L"]) {
  Deno.test(`readStreet() reads ExecType ${execType} of 5.0 SP2 as no execution`, () => {
    const body = FILL.replace("35=8|", "35=8|1128=9|").replace("150=F", `150=${execType}`);
    assert.equal(accepted(framed(body, "FIXT.1.1")).execution, null);
  });
}
