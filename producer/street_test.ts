import assert from "node:assert/strict";
import { COUNTERPARTIES, FUND_COMP_ID } from "../shared/trade/counterparties.ts";
import { BEGIN_STRINGS, FIX_VERSIONS, type FixVersion } from "./fix_version.ts";
import { tape } from "./market.ts";
import { listen, OPTIONS, type Told } from "./testdata/listen.ts";

const CHANGES = { faultShare: 0.05, bustShare: 0.03, correctionShare: 0.03 };
const TAPES = new Map(FIX_VERSIONS.map((fixVersion) => [fixVersion, listen({ ...CHANGES, fixVersion })]));
const tapeOf = (version: FixVersion) => TAPES.get(version)!;

/** What each version's street consists of: a message type and, of a report, its ExecType. */
const REPORTS_42 = "8 0,8 1,8 2,8 4,8 5,8 6,8 8,8 C,8 E";
const REPORTS = "8 0,8 4,8 5,8 6,8 8,8 C,8 E,8 F,8 G,8 H,8 I";
const POST_TRADE = "J,P,AS,AT,AK,AU,AE,AR,T";
const STREETS: Record<FixVersion, string> = {
  "4.2": `${REPORTS_42},D,F,G,9,J,P,T`,
  "4.4": `${REPORTS},D,F,G,9,Q,${POST_TRADE}`,
  "5.0SP2": `${REPORTS},D,F,G,9,Q,${POST_TRADE}`,
};

for (const version of FIX_VERSIONS) {
  Deno.test(`tape() of FIX ${version} has nothing that its dictionary refuses`, () => {
    const refused = tapeOf(version).flatMap(({ decoded: { errors, fields } }) =>
      errors.length === 0 ? [] : [[errors[0]!.text, fields.map((field) => field.join("=")).join("|")]]
    );
    assert.deepEqual(refused.slice(0, 3), []);
    assert(tapeOf(version).every(({ get }) => get(8) === BEGIN_STRINGS[version]));
    assert(tapeOf(version).every(({ get }) => get(1128) === (version === "5.0SP2" ? "9" : undefined)));
  });

  Deno.test(`tape() of FIX ${version} tells everything that its street knows`, () => {
    const kinds = tapeOf(version).map(({ get }) => get(35) === "8" ? `8 ${get(150)}` : get(35)!);
    assert.deepEqual([...new Set(kinds)].toSorted(), STREETS[version].split(",").toSorted());
  });
}

const BY_FUND = new Set(["D", "F", "G", "Q", "AT", "AU", "AR", "T"]);

/** In 4.2 the broker's calculated money is a J too, answered by a P. */
function isByFund(get: Told["get"]): boolean {
  if (get(35) === "J") return get(71) !== "4";
  if (get(35) === "P") return get(70)!.startsWith("AR-");
  return BY_FUND.has(get(35)!);
}

Deno.test("tape() has requests from the fund, and evidence from the order's broker", () => {
  const brokers = new Set(COUNTERPARTIES.map(({ compId }) => compId));
  for (const { by, to, get } of FIX_VERSIONS.flatMap(tapeOf)) {
    const isOurs = isByFund(get);
    assert.equal(isOurs ? by : to, FUND_COMP_ID);
    assert(brokers.has(isOurs ? to : by));
    const broker = get(76) ?? (get(453) === "1" ? get(448) : undefined);
    if (get(35) === "8") assert.equal(broker, by);
  }
});

const has = (tag: number, type: string) => ({ get }: Told) => get(35) === type && get(tag) !== undefined;
const isFill = ({ get }: Told) => get(35) === "8" && get(32) !== undefined;

/** What each version alone says, and how: which messages must have a tag, and that no other version has it. */
const OWN_FIELDS: { what: string; tag: number; type: string; versions: FixVersion[] }[] = [
  { what: "an iceberg's part as MaxFloor", tag: 111, type: "D", versions: ["4.2", "4.4"] },
  { what: "an iceberg's part as DisplayQty", tag: 1138, type: "D", versions: ["5.0SP2"] },
  { what: "the broker as ExecBroker", tag: 76, type: "8", versions: ["4.2"] },
  { what: "the broker as a party", tag: 453, type: "8", versions: ["4.4", "5.0SP2"] },
  { what: "a report's nature as ExecTransType", tag: 20, type: "8", versions: ["4.2"] },
  { what: "an allocation's nature as AllocType", tag: 626, type: "J", versions: ["4.4", "5.0SP2"] },
];
for (const { what, tag, type, versions } of OWN_FIELDS) {
  Deno.test(`tape() says ${what} (${tag}) in FIX ${versions.join(" and ")} only`, () => {
    const saying = FIX_VERSIONS.filter((version) => tapeOf(version).some(has(tag, type)));
    assert.deepEqual(saying, versions);
  });
}

/** ExecTransType (20) and ExecType (150) of reports with a LastQty (32). */
const FILL_KINDS: Record<FixVersion, RegExp> = {
  "4.2": /^[012] [0124C]$/,
  "4.4": /^undefined [FGH]$/,
  "5.0SP2": /^undefined [FGH]$/,
};
for (const version of FIX_VERSIONS) {
  Deno.test(`tape() of FIX ${version} tells fills, corrections and busts as that version does`, () => {
    for (const { get } of tapeOf(version).filter(isFill)) {
      const kind = `${get(20)} ${get(150)}`;
      assert.match(kind, FILL_KINDS[version]);
      const isChange = /^[12] |[GH]$/.test(kind);
      assert.equal(get(19) !== undefined, isChange, kind);
      if (kind.startsWith("0 ")) assert.match(kind, /^0 [12]$/);
    }
  });
}

Deno.test("tape() has the same bookings in every version", () => {
  const [bookings, ...others] = FIX_VERSIONS.map((fixVersion) =>
    [...tape({ ...OPTIONS, fills: 300, fixVersion })].filter(({ side }) => side === "trades")
      .map(({ value }) => new TextDecoder().decode(value))
  );
  for (const other of others) assert.deepEqual(other, bookings);
});

for (const version of FIX_VERSIONS) {
  Deno.test(`tape() of FIX ${version} adds up each order over fills, replaces, corrections and busts`, () => {
    const reports = tapeOf(version).filter(({ get }) => get(35) === "8" && get(17) !== "0");
    for (const messages of Map.groupBy(reports, ({ key }) => key).values()) {
      let cumQuantity = 0;
      for (const { get } of messages) {
        const [total, left, cum, last] = [38, 151, 14, 32].map((tag) => Number(get(tag) ?? 0));
        const kind = version === "4.2" ? `${get(20)}${get(150)}` : `0${get(150)}`;
        const isOver = ["4", "8", "C"].includes(get(39)!);
        assert.equal(left, isOver ? 0 : total! - cum!, kind);
        if (/^0[12F]$/.test(kind)) assert(cum! >= cumQuantity + last!);
        else if (/^1|^0H/.test(kind)) assert(cum! >= cumQuantity - last!);
        if (cum === total && !isOver) assert.equal(get(39), "2");
        assert(cum! <= total! && left! >= 0);
        cumQuantity = cum!;
      }
    }
  });
}

Deno.test("tape() answers every request: new terms and cancels are done or refused", () => {
  for (const version of FIX_VERSIONS) {
    const messages = tapeOf(version);
    const answers = new Map(
      messages.filter(({ get }) => get(35) === "9" || /^[45]$/.test(get(150) ?? "")).map((
        each,
      ) => [each.get(11)!, each]),
    );
    const requests = messages.filter(({ get }) => get(35) === "F" || get(35) === "G");
    assert(requests.length > 30);
    for (const { key, atMs, get } of requests) {
      const answer = answers.get(get(11)!)!;
      assert.deepEqual([answer.key, answer.get(41), get(41)], [key, key, key]);
      assert(answer.atMs > atMs);
      if (answer.get(35) === "9") assert.equal(answer.get(434), get(35) === "F" ? "1" : "2");
      else if (get(35) === "G") assert.equal(answer.get(38), get(38));
    }
  }
});
