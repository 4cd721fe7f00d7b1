import assert from "node:assert/strict";
import { CALENDARS } from "../../shared/trade/calendar/mod.ts";
import { type BusinessDay, toBusinessDay } from "./business_day.ts";

const DAYS: { name: string; date: string; want: Omit<BusinessDay, "date"> | null }[] = [
  {
    name: "a Tuesday is a day of its own",
    date: "2026-11-24",
    want: { since: "2026-11-24T05:00:00.000Z", until: "2026-11-25T05:00:00.000Z" },
  },
  {
    name: "a Monday has the weekend before it",
    date: "2026-11-23",
    want: { since: "2026-11-21T05:00:00.000Z", until: "2026-11-24T05:00:00.000Z" },
  },
  {
    name: "a day after a holiday has the holiday",
    date: "2026-11-27",
    want: { since: "2026-11-26T05:00:00.000Z", until: "2026-11-28T05:00:00.000Z" },
  },
  {
    name: "the change to summer time takes an hour away",
    date: "2026-03-09",
    want: { since: "2026-03-07T05:00:00.000Z", until: "2026-03-10T04:00:00.000Z" },
  },
  { name: "a Sunday is none", date: "2026-11-22", want: null },
  { name: "Thanksgiving is none", date: "2026-11-26", want: null },
];

for (const { name, date, want } of DAYS) {
  Deno.test(`toBusinessDay() knows that ${name}`, () => {
    assert.deepEqual(toBusinessDay(date, CALENDARS.XNYS), want && { date, ...want });
  });
}
