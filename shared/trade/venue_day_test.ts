import assert from "node:assert/strict";
import { venueDay } from "./venue_day.ts";

const CASES: { name: string; at: string; mic: string | null; want: string }[] = [
  { name: "the UTC day without a venue", at: "2026-11-24T02:30:00.000000Z", mic: null, want: "2026-11-24" },
  {
    name: "the UTC day at an unknown venue",
    at: "2026-11-24T02:30:00.000000Z",
    mic: "XXXX",
    want: "2026-11-24",
  },
  { name: "the day before in New York", at: "2026-11-24T02:30:00.000000Z", mic: "XNYS", want: "2026-11-23" },
  { name: "the day after in Tokyo", at: "2026-11-23T23:30:00.000000Z", mic: "XTKS", want: "2026-11-24" },
  {
    name: "the next day from 17:00 in Chicago",
    at: "2026-11-23T23:00:00.000000Z",
    mic: "XCME",
    want: "2026-11-24",
  },
  { name: "the same day before it", at: "2026-11-23T22:59:59.000000Z", mic: "XCME", want: "2026-11-23" },
  { name: "Monday for Sunday evening", at: "2026-11-22T23:30:00.000000Z", mic: "XCME", want: "2026-11-23" },
  { name: "Monday for Friday evening", at: "2026-11-20T23:30:00.000000Z", mic: "XCME", want: "2026-11-23" },
  { name: "summer time", at: "2026-07-01T22:00:00.000000Z", mic: "XCME", want: "2026-07-02" },
];
for (const { name, at, mic, want } of CASES) {
  Deno.test(`venueDay() is ${name}`, () => assert.equal(venueDay(at, mic), want));
}
