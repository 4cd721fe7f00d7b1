import assert from "node:assert/strict";
import { type DecodedMessage, decodeMessage, Dictionaries, frameFaults } from "../shared/fix/mod.ts";
import { COUNTERPARTIES, FUND_COMP_ID } from "../shared/trade/counterparties.ts";
import { WEEKDAY_CLOCK } from "./clock.ts";
import { BEGIN_STRINGS, FIX_VERSIONS, type FixVersion } from "./fix_version.ts";
import { tape, type TapeOptions } from "./market.ts";

const OPTIONS: TapeOptions = {
  seed: "street",
  startMs: Date.parse("2026-11-16T09:00:00Z"),
  clock: WEEKDAY_CLOCK,
  intervalMs: 60_000 / 45,
  fills: 3_000,
  untilMs: null,
  faultShare: 0.05,
  bustShare: 0.03,
  correctionShare: 0.03,
  sides: "both",
  fixVersion: "4.4",
};
const dictionaries = new Dictionaries();

/** One message of a tape, its fields by tag: the first of each. */
interface Told {
  readonly key: string;
  readonly atMs: number;
  readonly decoded: DecodedMessage;
  readonly by: string;
  readonly to: string;
  readonly get: (tag: number) => string | undefined;
  readonly all: (tag: number) => string[];
}

function listen(changes: Partial<TapeOptions> = {}): Told[] {
  const told: Told[] = [];
  for (const { side, key, atMs, value } of tape({ ...OPTIONS, ...changes })) {
    if (side !== "fix") continue;
    const decoded = decodeMessage(value, frameFaults(value), dictionaries);
    const all = (wanted: number) => decoded.fields.flatMap(([tag, text]) => tag === wanted ? [text] : []);
    const get = (wanted: number) => all(wanted)[0];
    told.push({ key, atMs, decoded, by: get(49)!, to: get(56)!, get, all });
  }
  return told;
}

const TAPES = new Map(FIX_VERSIONS.map((fixVersion) => [fixVersion, listen({ fixVersion })]));
const tapeOf = (version: FixVersion) => TAPES.get(version)!;

/** What each version's street consists of: a message type and, of a report, its ExecType. */
const REPORTS_42 = "8 0,8 1,8 2,8 4,8 5,8 6,8 8,8 C,8 E";
const REPORTS = "8 0,8 4,8 5,8 6,8 8,8 C,8 E,8 F,8 G,8 H,8 I";
const STREETS: Record<FixVersion, string> = {
  "4.2": `${REPORTS_42},D,F,G,9`,
  "4.4": `${REPORTS},D,F,G,9,Q`,
  "5.0SP2": `${REPORTS},D,F,G,9,Q`,
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

const BY_FUND = new Set(["D", "F", "G", "Q"]);

Deno.test("tape() has requests from the fund, and evidence from the order's broker", () => {
  const brokers = new Set(COUNTERPARTIES.map(({ compId }) => compId));
  for (const { by, to, get } of FIX_VERSIONS.flatMap(tapeOf)) {
    const isOurs = BY_FUND.has(get(35)!);
    assert.equal(isOurs ? by : to, FUND_COMP_ID);
    assert(brokers.has(isOurs ? to : by));
    const broker = get(76) ?? (get(453) === "1" ? get(448) : undefined);
    if (get(35) === "8") assert.equal(broker, by);
  }
});

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
