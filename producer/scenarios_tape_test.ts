import assert from "node:assert/strict";
import { readConfig } from "./config.ts";
import { SCENARIOS } from "./scenario.ts";
import { tellAll } from "./testdata/tell_all.ts";

const SURROUNDINGS = {
  nowMs: Date.parse("2026-11-23T15:00:00Z"),
  freshSeed: () => "fresh",
  readFile: Deno.readTextFileSync,
};
type Day = ReturnType<typeof playDay>;

function playDay(scenario: string, ...flags: string[]) {
  const args = ["--scenario", scenario, "--rate", "max", "--count", "3000", "--seed", "day", ...flags];
  return tellAll(readConfig(new Map<string, string>(), args, SURROUNDINGS)!.tape);
}

const typesOf = ({ faults }: Day) => new Set<string>(faults.map(({ type }) => type));
const stagesOf = ({ bookings }: Day) => new Set(bookings.map(({ status }) => status));
const fillsIn = ({ executions }: Day, fromMinute: number, toMinute: number) => {
  const startMs = Date.parse(executions[0]!.transactTime);
  return executions.filter(({ kind, transactTime }) => {
    const minute = (Date.parse(transactTime) - startMs) / 60_000;
    return kind === "trade" && minute >= fromMinute && minute < toMinute;
  }).length;
};
const faultsAt = (day: Day, broker: string) => {
  const at = new Set(
    day.bookings.filter(({ counterparty }) => counterparty === broker).map(({ exec_id }) => exec_id),
  );
  return day.faults.filter(({ execId }) => at.has(execId)).length;
};

const DAYS: { scenario: typeof SCENARIOS[number]; what: string; holds: (day: Day) => void }[] = [
  {
    scenario: "calm-day",
    what: "has few faults, and settles",
    holds: (day) => {
      assert(day.faults.length > 5 && day.faults.length < 30, String(day.faults.length));
      assert.deepEqual(typesOf(day), new Set(["price", "quantity", "missing_book", "missing_street"]));
      assert(stagesOf(day).has("settled"));
    },
  },
  {
    scenario: "volatile-open",
    what: "has most of its fills in the first half hour, and mistakes of a rush",
    holds: (day) => {
      const [first, next] = [fillsIn(day, 0, 6), fillsIn(day, 31, 37)];
      assert(first > next * 2, `${first} fills, then ${next}`);
      assert(typesOf(day).isSupersetOf(new Set(["side", "instrument", "duplicate", "bust"])));
      assert(day.executions.some(({ kind }) => kind === "cancel"));
    },
  },
  {
    scenario: "bad-broker",
    what: "has most of its faults at two brokers, after the trade too",
    holds: (day) => {
      const [bad, good] = [faultsAt(day, "Deutsche Bank"), faultsAt(day, "Citi")];
      assert(bad > good * 3, `${bad} and ${good}`);
      assert(typesOf(day).isSupersetOf(new Set(["fees", "allocation", "unaffirmed"])));
    },
  },
  {
    scenario: "settlement-fail-day",
    what: "has settlements that fail, for good and for a day",
    holds: (day) => {
      const lives = [...Map.groupBy(day.bookings, ({ trade_id }) => trade_id).values()];
      const last = lives.map((life) => life.at(-1)!.settlement_status);
      const cured = lives.filter((life) =>
        life.some(({ settlement_status }) => settlement_status === "failed")
      )
        .filter((life) => life.at(-1)!.settlement_status === "settled");
      const failed = day.faults.filter(({ type }) => type === "settlement_fail").length;
      assert.equal(last.filter((status) => status === "failed").length, failed);
      assert(failed > 20 && cured.length > 10);
    },
  },
  {
    scenario: "replay-storm",
    what: "repeats records byte for byte, and fills with PossResend",
    holds: (day) => {
      const texts = day.records.map(({ key, value }) => `${key} ${new TextDecoder("latin1").decode(value)}`);
      assert(texts.length > new Set(texts).size + 2_000, "few records came again");
      assert(texts.length < new Set(texts).size * 2, "the storm has no bounds");
      const resent = day.told.filter(({ get }) => get(97) === "Y");
      const fills = new Map(
        day.told.filter(({ get }) => get(35) === "8" && get(97) === undefined).map((
          each,
        ) => [each.get(17), each]),
      );
      assert(resent.length > 200);
      for (const { get } of resent) {
        const first = fills.get(get(17))!;
        for (const tag of [14, 31, 32, 60]) assert.equal(get(tag), first.get(tag));
        assert(Number(get(34)) > Number(first.get(34)));
      }
    },
  },
];

for (const { scenario, what, holds } of DAYS) {
  Deno.test(`tape() of ${scenario} ${what}`, () => holds(playDay(scenario)));
}

Deno.test("every scenario that comes along is tried here, and has its file", () => {
  assert.deepEqual(DAYS.map(({ scenario }) => scenario), [...SCENARIOS]);
  const files = [...Deno.readDirSync(new URL("scenarios", import.meta.url))].map(({ name }) => name);
  assert.deepEqual(new Set(files), new Set(SCENARIOS.map((name) => `${name}.json`)));
});

Deno.test("tape() of a scenario is the same for the same flags, byte for byte", () => {
  const [one, other] = [playDay("replay-storm"), playDay("replay-storm")].map(({ records }) =>
    records.map(({ key, value }) => `${key} ${new TextDecoder("latin1").decode(value)}`)
  );
  assert.deepEqual(one, other);
});

Deno.test("tape() that replays still says how many bookings are to come", () => {
  const { records } = playDay("replay-storm", "--break-rate", "0", "--correct-rate", "0.9");
  const booked = new Set<string>();
  let filled = 0;
  for (const { side, key, isFill, unbooked } of records) {
    if (isFill) filled++;
    if (side === "trades") booked.add(key);
    assert(unbooked >= filled - booked.size, "it could stop before a fill is booked");
  }
});
