/**
 * Days on which TARGET is closed. The calendar holds until further notice, so its later years are official
 * too.
 *
 * @module
 */

import type { PublishedCalendar } from "../calendar.ts";

export const EUR: PublishedCalendar = {
  id: "EUR",
  name: "TARGET and T2S, euro",
  published: [
    {
      status: "official",
      source: "ECB, long-term calendar for TARGET closing days, 2000-12-14",
      from: "2024-01-01",
      to: "2029-01-31",
      days: [
        ["2024-01-01", "New Year's Day"],
        ["2024-03-29", "Good Friday"],
        ["2024-04-01", "Easter Monday"],
        ["2024-05-01", "Labour Day"],
        ["2024-12-25", "Christmas Day"],
        ["2024-12-26", "26 December"],
        ["2025-01-01", "New Year's Day"],
        ["2025-04-18", "Good Friday"],
        ["2025-04-21", "Easter Monday"],
        ["2025-05-01", "Labour Day"],
        ["2025-12-25", "Christmas Day"],
        ["2025-12-26", "26 December"],
        ["2026-01-01", "New Year's Day"],
        ["2026-04-03", "Good Friday"],
        ["2026-04-06", "Easter Monday"],
        ["2026-05-01", "Labour Day"],
        ["2026-12-25", "Christmas Day"],
        ["2027-01-01", "New Year's Day"],
        ["2027-03-26", "Good Friday"],
        ["2027-03-29", "Easter Monday"],
        ["2028-04-14", "Good Friday"],
        ["2028-04-17", "Easter Monday"],
        ["2028-05-01", "Labour Day"],
        ["2028-12-25", "Christmas Day"],
        ["2028-12-26", "26 December"],
        ["2029-01-01", "New Year's Day"],
      ],
    },
  ],
};

/** Euronext trades on the days on which TARGET is open, 24 and 31 December included. */
export const XPAR: PublishedCalendar = { ...EUR, id: "XPAR", name: "Euronext, trading" };
