/**
 * Days without trading on Xetra and Eurex. 24 and 31 December are settlement days all the same.
 *
 * @module
 */

import type { PublishedCalendar } from "../calendar.ts";

export const XETR: PublishedCalendar = {
  id: "XETR",
  name: "Xetra and Eurex, trading",
  published: [
    {
      status: "official",
      source: "Deutsche Börse, trading calendar 2024 to 2029",
      from: "2024-01-01",
      to: "2029-01-31",
      days: [
        ["2024-01-01", "New Year's Day"],
        ["2024-03-29", "Good Friday"],
        ["2024-04-01", "Easter Monday"],
        ["2024-05-01", "Labour Day"],
        ["2024-12-24", "Christmas Eve"],
        ["2024-12-25", "Christmas Day"],
        ["2024-12-26", "26 December"],
        ["2024-12-31", "New Year's Eve"],
        ["2025-01-01", "New Year's Day"],
        ["2025-04-18", "Good Friday"],
        ["2025-04-21", "Easter Monday"],
        ["2025-05-01", "Labour Day"],
        ["2025-12-24", "Christmas Eve"],
        ["2025-12-25", "Christmas Day"],
        ["2025-12-26", "26 December"],
        ["2025-12-31", "New Year's Eve"],
        ["2026-01-01", "New Year's Day"],
        ["2026-04-03", "Good Friday"],
        ["2026-04-06", "Easter Monday"],
        ["2026-05-01", "Labour Day"],
        ["2026-12-24", "Christmas Eve"],
        ["2026-12-25", "Christmas Day"],
        ["2026-12-31", "New Year's Eve"],
        ["2027-01-01", "New Year's Day"],
        ["2027-03-26", "Good Friday"],
        ["2027-03-29", "Easter Monday"],
        ["2027-12-24", "Christmas Eve"],
        ["2027-12-31", "New Year's Eve"],
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
