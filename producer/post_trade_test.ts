import assert from "node:assert/strict";
import { add, compare, subtract } from "../shared/trade/decimal.ts";
import type { FixVersion } from "./fix_version.ts";
import { listen, type Told } from "./testdata/listen.ts";

const POST_TRADE_MS_MAX = 60_000;
const VERSIONS: FixVersion[] = ["4.4", "5.0SP2"];
const ALL = ["4.2", ...VERSIONS] as FixVersion[];
const CHANGES = { faultShare: 0.05, bustShare: 0.03, correctionShare: 0.03 };
const TAPES = new Map(ALL.map((fixVersion) => [fixVersion, listen({ ...CHANGES, fixVersion })]));
const tapeOf = (version: FixVersion) => TAPES.get(version)!;

const sum = (amounts: readonly string[]) => add("0", ...amounts);
const assertSame = (one: string, other: string) =>
  assert.equal(compare(one, other), 0, `${one} and ${other}`);
const ofType = (told: readonly Told[], type: string) => told.filter(({ get }) => get(35) === type);
const byTag = (told: readonly Told[], tag: number) => new Map(told.map((each) => [each.get(tag)!, each]));
const isFill = ({ get }: Told) =>
  get(35) === "8" && get(150) === "F" || (get(20) === "0" && /^[12]$/.test(get(150)!));

/** The fund's own allocations; in 4.2 the broker's money is a J too. */
const ourAllocations = (told: readonly Told[]) => ofType(told, "J").filter(({ get }) => get(71) !== "4");

/** Values of the entries of group 78, which alone have these tags. */
const parts = ({ all }: Told) => ({ accounts: all(79), quantities: all(80), nets: all(154) });

for (const version of ALL) {
  Deno.test(`tape() of FIX ${version} allocates each execution of a finished order in securities once`, () => {
    const told = tapeOf(version);
    const allocated = ourAllocations(told).flatMap(({ all }) => all(17));
    assert.equal(new Set(allocated).size, allocated.length);
    const orders = new Set(ourAllocations(told).map(({ key }) => key));
    const fills = told.filter((each) => isFill(each) && orders.has(each.key)).map(({ get }) => get(17)!);
    const busted = told.filter(({ get }) => get(150) === "H" || get(20) === "1").map(({ get }) => get(19)!);
    const sound = new Set(fills).difference(new Set(busted));
    assert.deepEqual(sound.difference(new Set(allocated)), new Set());
    assert(busted.every((execId) => !allocated.includes(execId)));
    assert(orders.size > 500);
  });

  Deno.test(`tape() of FIX ${version} has allocations that add up, over executions and accounts`, () => {
    for (const each of ofType(tapeOf(version), "J")) {
      const { get, all } = each;
      const { accounts, quantities, nets } = parts(each);
      assertSame(sum(quantities), get(53)!);
      assert.equal(new Set(accounts).size, accounts.length);
      if (all(32).length > 0) assertSame(sum(all(32)), get(53)!);
      if (nets.length > 0) assertSame(sum(nets), get(118)!);
    }
  });

  Deno.test(`tape() of FIX ${version} answers each allocation, and once more where the broker calculates`, () => {
    const told = tapeOf(version);
    const answers = byTag(ofType(told, "P"), 70);
    const reports = byTag(
      [...ofType(told, "AS"), ...ofType(told, "J").filter(({ get }) => get(71) === "4")],
      72,
    );
    const byAllocId = byTag(ofType(told, "AS"), 70);
    let calculated = 0;
    for (const { get, key, by, to, atMs } of ourAllocations(told)) {
      const answer = answers.get(get(70)!)!;
      assert.deepEqual([answer.key, answer.by, answer.to], [get(70), to, by]);
      assert(answer.atMs > atMs);
      const report = reports.get(get(70)!) ?? byAllocId.get(get(70)!);
      assert.equal(report !== undefined, answer.get(87) === "3");
      assert.equal(get(118) === undefined, report !== undefined);
      if (report === undefined) continue;
      calculated++;
      assert.deepEqual([report.key, report.by, report.get(53)], [key, to, get(53)]);
      assertSame(sum(parts(report).nets), report.get(118)!);
    }
    assert(calculated > 50);
  });
}

for (const version of VERSIONS) {
  Deno.test(`tape() of FIX ${version} confirms each account's part, and the fund affirms it`, () => {
    const told = tapeOf(version);
    const affirmed = byTag(ofType(told, "AU"), 664);
    const confirmed = Map.groupBy(ofType(told, "AK"), ({ get }) => get(70) ?? get(664)!);
    for (const allocation of ourAllocations(told)) {
      const { accounts, quantities } = parts(allocation);
      const confirmations = confirmed.get(allocation.get(70)!)!.toSorted((a, b) =>
        accounts.indexOf(a.get(79)!) - accounts.indexOf(b.get(79)!)
      );
      assert.deepEqual(
        confirmations.map(({ get }) => [get(79), get(80)]),
        accounts.map((account, at) => [
          account,
          quantities[at],
        ]),
      );
      assertSame(sum(confirmations.map(({ get }) => get(381)!)), allocation.get(381)!);
    }
    for (const { get, atMs, by } of ofType(told, "AK")) {
      const answer = affirmed.get(get(664)!)!;
      assert(answer.atMs > atMs && answer.to === by);
    }
  });

  Deno.test(`tape() of FIX ${version} has a net amount of gross and USD fees, by side`, () => {
    for (const { get, all } of ofType(tapeOf(version), "AK")) {
      const fees = get(15) === "USD" ? sum([get(12)!, ...all(137)]) : "0";
      assertSame(get(118)!, get(54) === "1" ? add(get(381)!, fees) : subtract(get(381)!, fees));
    }
  });

  Deno.test(`tape() of FIX ${version} captures each cleared execution once, as it stands in the end`, () => {
    const told = tapeOf(version);
    const captures = byTag(ofType(told, "AE"), 17);
    assert.equal(captures.size, ofType(told, "AE").length);
    const answers = byTag(ofType(told, "AR"), 571);
    const fills = byTag(told.filter(isFill), 17);
    const changes = byTag(told.filter(({ get }) => /^[GH]$/.test(get(150)!) && get(19)), 19);
    const cleared = [...fills].filter(([, { get }]) => /^(FUT|OPT)$/.test(get(167)!));
    for (const [execId, fill] of cleared) {
      const capture = captures.get(execId);
      const change = changes.get(execId);
      if (change?.get(150) === "H") assert.equal(capture, undefined);
      else {
        assert.equal(capture!.get(31), (change ?? fill).get(31));
        assert.equal(capture!.get(32), fill.get(32));
        assert.deepEqual([capture!.key, capture!.by], [fill.key, fill.by]);
        assert.equal(answers.get(capture!.get(571)!)!.key, capture!.get(571));
      }
    }
    assert([...captures.keys()].every((execId) => fills.has(execId)), "a lost report must stay lost");
    assert(cleared.length > 200 && changes.size > 100);
  });
}

Deno.test("tape() is done with a trade within a minute, and after its corrections and busts", () => {
  for (const fixVersion of ALL) {
    const told = listen({ ...CHANGES, faultShare: 0, fixVersion });
    for (const messages of Map.groupBy(told, ({ key }) => key).values()) {
      const lastFill = messages.findLast(isFill);
      const lastReport = messages.findLast(({ get }) => get(35) === "8");
      if (lastReport === undefined) continue;
      for (const { get, atMs } of messages.filter(({ get }) => /^(J|AS|AK|T)$/.test(get(35)!))) {
        assert(atMs > lastReport.atMs, `${get(35)} before ${lastReport.get(150)}`);
        assert(lastFill === undefined || atMs - lastFill.atMs < POST_TRADE_MS_MAX);
      }
    }
  }
});

Deno.test("tape() tells about four messages a fill", () => {
  const told = listen({ fills: 3_000 });
  const fills = told.filter(isFill).length;
  assert(told.length / fills < 4.3, String(told.length / fills));
});
