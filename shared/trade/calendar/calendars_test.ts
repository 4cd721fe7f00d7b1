import assert from "node:assert/strict";
import {
  closureOf,
  FIRST_DAY,
  isOpen,
  LAST_DAY,
  nextDay,
  UncoveredDayError,
  weekendName,
} from "./calendar.ts";
import { CALENDAR_IDS, type CalendarId, CALENDARS } from "./calendars.ts";

for (const id of CALENDAR_IDS) {
  Deno.test(`CALENDARS.${id} covers all years without a gap, each row a weekday with status and source`, () => {
    const { published, holidays } = CALENDARS[id];
    assert.equal(published[0]!.from, FIRST_DAY);
    assert.equal(published.at(-1)!.to, LAST_DAY);
    for (const [at, part] of published.entries()) {
      if (at > 0) assert.equal(part.from, nextDay(published[at - 1]!.to));
      for (const [day] of part.days) assert(day >= part.from && day <= part.to, day);
    }
    const days = published.flatMap((part) => part.days.map(([day]) => day));
    assert.deepEqual(days, [...new Set(days)].toSorted(), "in order, each once");
    assert.equal(holidays.size, days.length);
    for (const holiday of holidays.values()) {
      assert.equal(holiday.calendar, id);
      assert.equal(weekendName(holiday.date), null, `${holiday.date} is a weekend anyway`);
      assert.match(holiday.status, /^(official|provisional)$/);
      assert(holiday.source.length > 3 && holiday.name.length > 3, holiday.date);
    }
  });
}

/** How calendars of one country differ: the days that the first one closes and the second one does not. */
const DIFFERENCES: { closed: CalendarId; open: CalendarId; year: string; days: string }[] = [
  { closed: "DTCC", open: "XNYS", year: "2026", days: "2026-10-12 2026-11-11" },
  { closed: "XNYS", open: "DTCC", year: "2025", days: "2025-01-09" },
  { closed: "SIFMA_SETTLEMENT", open: "SIFMA", year: "2026", days: "2026-04-03" },
  { closed: "SIFMA_SETTLEMENT", open: "USD", year: "2026", days: "2026-04-03 2026-07-03" },
  { closed: "XNYS", open: "USD", year: "2027", days: "2027-03-26 2027-06-18 2027-12-24" },
  { closed: "XETR", open: "EUR", year: "2026", days: "2026-12-24 2026-12-31" },
  { closed: "XSWX", open: "CHF", year: "2026", days: "2026-12-24 2026-12-31" },
  { closed: "CAD", open: "XTSE", year: "2026", days: "2026-09-30 2026-11-11" },
  { closed: "CAD", open: "XTSE", year: "2028", days: "2028-10-02 2028-11-13" },
  { closed: "EUR", open: "XETR", year: "2026", days: "" },
  { closed: "USD", open: "DTCC", year: "2028", days: "" },
];

for (const { closed, open, year, days } of DIFFERENCES) {
  Deno.test(`CALENDARS.${closed} closes where ${open} is open in ${year}: ${days || "never"}`, () => {
    const own = [...CALENDARS[closed].holidays.keys()].filter((day) => day.startsWith(year));
    assert.equal(own.filter((day) => isOpen(CALENDARS[open], day)).join(" "), days);
  });
}

Deno.test("closureOf() names weekends and holidays, and refuses days that no row covers", () => {
  assert.equal(closureOf(CALENDARS.USD, "2026-11-26"), "Thanksgiving Day");
  assert.equal(closureOf(CALENDARS.USD, "2026-11-28"), "Saturday");
  assert.equal(closureOf(CALENDARS.USD, "2026-07-03"), null);
  for (const day of ["2023-12-29", "2029-02-01"]) {
    assert.throws(() => closureOf(CALENDARS.USD, day), UncoveredDayError);
  }
});
