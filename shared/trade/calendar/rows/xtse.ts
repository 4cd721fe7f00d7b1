/**
 * Days without trading in Toronto. It trades on 30 September and on Remembrance Day, when the banks are
 * closed.
 *
 * @module
 */

import type { PublishedCalendar } from "../calendar.ts";

export const XTSE: PublishedCalendar = {
  id: "XTSE",
  name: "Toronto Stock Exchange, trading",
  published: [
    {
      status: "official",
      source: "TMX, holidays of Toronto Stock Exchange 2024 to 2026",
      from: "2024-01-01",
      to: "2026-12-31",
      days: [
        ["2024-01-01", "New Year's Day"],
        ["2024-02-19", "Family Day"],
        ["2024-03-29", "Good Friday"],
        ["2024-05-20", "Victoria Day"],
        ["2024-07-01", "Canada Day"],
        ["2024-08-05", "Civic Holiday"],
        ["2024-09-02", "Labour Day"],
        ["2024-10-14", "Thanksgiving Day"],
        ["2024-12-25", "Christmas Day"],
        ["2024-12-26", "Boxing Day"],
        ["2025-01-01", "New Year's Day"],
        ["2025-02-17", "Family Day"],
        ["2025-04-18", "Good Friday"],
        ["2025-05-19", "Victoria Day"],
        ["2025-07-01", "Canada Day"],
        ["2025-08-04", "Civic Holiday"],
        ["2025-09-01", "Labour Day"],
        ["2025-10-13", "Thanksgiving Day"],
        ["2025-12-25", "Christmas Day"],
        ["2025-12-26", "Boxing Day"],
        ["2026-01-01", "New Year's Day"],
        ["2026-02-16", "Family Day"],
        ["2026-04-03", "Good Friday"],
        ["2026-05-18", "Victoria Day"],
        ["2026-07-01", "Canada Day"],
        ["2026-08-03", "Civic Holiday"],
        ["2026-09-07", "Labour Day"],
        ["2026-10-12", "Thanksgiving Day"],
        ["2026-12-25", "Christmas Day"],
        ["2026-12-28", "Boxing Day, substitute day"],
      ],
    },
    {
      status: "provisional",
      source: "TMX, holidays of earlier years, by rule",
      from: "2027-01-01",
      to: "2029-01-31",
      days: [
        ["2027-01-01", "New Year's Day"],
        ["2027-02-15", "Family Day"],
        ["2027-03-26", "Good Friday"],
        ["2027-05-24", "Victoria Day"],
        ["2027-07-01", "Canada Day"],
        ["2027-08-02", "Civic Holiday"],
        ["2027-09-06", "Labour Day"],
        ["2027-10-11", "Thanksgiving Day"],
        ["2027-12-27", "Christmas Day, substitute day"],
        ["2027-12-28", "Boxing Day, substitute day"],
        ["2028-01-03", "New Year's Day, substitute day"],
        ["2028-02-21", "Family Day"],
        ["2028-04-14", "Good Friday"],
        ["2028-05-22", "Victoria Day"],
        ["2028-07-03", "Canada Day, substitute day"],
        ["2028-08-07", "Civic Holiday"],
        ["2028-09-04", "Labour Day"],
        ["2028-10-09", "Thanksgiving Day"],
        ["2028-12-25", "Christmas Day"],
        ["2028-12-26", "Boxing Day"],
        ["2029-01-01", "New Year's Day"],
      ],
    },
  ],
};
