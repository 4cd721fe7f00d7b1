import assert from "node:assert/strict";
import fc from "fast-check";
import { type Claim, type Seat, seat } from "./seating.ts";

const claim = (tradeId: string, changes: Partial<Claim> = {}): Claim => ({
  tradeId,
  live: true,
  counterparty: "Citi",
  bookedAt: `2026-11-23T14:30:0${tradeId.slice(1)}Z`,
  ...changes,
});
const chair = (key: string, changes: Partial<Seat> = {}): Seat => ({
  key,
  live: true,
  counterparty: "CITI",
  ...changes,
});

const CASES: { name: string; claims: Claim[]; seats: Seat[]; want: string }[] = [
  { name: "the one booking to the one execution", claims: [claim("T1")], seats: [chair("E")], want: "E=T1" },
  {
    name: "the earlier of two, the later repeats it",
    claims: [claim("T2"), claim("T1")],
    seats: [chair("E")],
    want: "E=T1 T2:T1",
  },
  {
    name: "no execution yet: the earlier waits for it",
    claims: [claim("T2"), claim("T1")],
    seats: [],
    want: "wait T1 T2:T1",
  },
  {
    name: "each broker's execution its own booking",
    claims: [claim("T1", { counterparty: "UBS" }), claim("T2")],
    seats: [chair("E"), chair("E@d", { counterparty: "UBSW" })],
    want: "E=T2 E@d=T1",
  },
  {
    name: "a booking with the wrong counterparty where no other is",
    claims: [claim("T1", { counterparty: "UBS" })],
    seats: [chair("E")],
    want: "E=T1",
  },
  {
    name: "the right counterparty before the earlier one, which then waits",
    claims: [claim("T1", { counterparty: "UBS" }), claim("T2")],
    seats: [chair("E")],
    want: "E=T2 wait T1",
  },
  {
    name: "another broker's execution nothing that repeats a booking",
    claims: [claim("T1"), claim("T2")],
    seats: [chair("E"), chair("E@d", { counterparty: "UBSW" })],
    want: "E=T1 T2:T1",
  },
  {
    name: "a booking entered anew the place of the cancelled one",
    claims: [claim("T1", { live: false }), claim("T2")],
    seats: [chair("E")],
    want: "E=T2 off T1",
  },
  {
    name: "a cancelled booking the execution that no other has",
    claims: [claim("T1", { live: false }), claim("T2", { live: false })],
    seats: [chair("E")],
    want: "E=T1 off T2",
  },
];

for (const { name, claims, seats, want } of CASES) {
  Deno.test(`seat() gives ${name}`, () => {
    assert.equal(text(seat(claims, seats)), want);
  });
}

function text({ seated, waiting, repeats, unseated }: ReturnType<typeof seat>): string {
  const parts = [
    ...[...seated].sort().map(([key, tradeId]) => `${key}=${tradeId}`),
    ...waiting.map((tradeId) => `wait ${tradeId}`),
    ...[...repeats].map(([tradeId, of]) => `${tradeId}:${of}`),
    ...unseated.map((tradeId) => `off ${tradeId}`),
  ];
  return parts.join(" ");
}

const anyName = fc.constantFrom("Citi", "UBS", "Barclays");
const anyClaims = fc.uniqueArray(
  fc.record({ tradeId: fc.constantFrom("T1", "T2", "T3", "T4"), live: fc.boolean(), counterparty: anyName }),
  { selector: ({ tradeId }) => tradeId },
).map((claims) => claims.map(({ tradeId, ...changes }) => claim(tradeId, changes)));
const anySeats = fc.uniqueArray(
  fc.record({ key: fc.constantFrom("E", "E@d", "E@d@b"), live: fc.boolean(), counterparty: anyName }),
  { selector: ({ key }) => key },
);

Deno.test("seat() gives each booking one place, whatever the order", () => {
  fc.assert(fc.property(anyClaims, anySeats, fc.nat(), (claims, seats, turn) => {
    const seating = seat(claims, seats);
    const { seated, waiting, repeats, unseated } = seating;
    const placed = [...seated.values(), ...waiting, ...repeats.keys(), ...unseated];
    assert.deepEqual(placed.toSorted(), claims.map(({ tradeId }) => tradeId).toSorted());
    const by = claims.length === 0 ? 0 : turn % claims.length;
    const turned = [...claims.slice(by), ...claims.slice(0, by)];
    assert.equal(text(seat(turned, seats.toReversed())), text(seating));
    for (const tradeId of [...repeats.keys()]) assert(claims.find((one) => one.tradeId === tradeId)!.live);
  }));
});
