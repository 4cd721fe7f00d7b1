/**
 * Days on which SIC makes no franc payments and SIX SIS settles nothing against them. Holidays at weekends
 * are not moved.
 *
 * @module
 */

import type { PublishedCalendar } from "../calendar.ts";

export const CHF: PublishedCalendar = {
  id: "CHF",
  name: "SIC and SIX SIS, Swiss franc",
  published: [
    {
      status: "official",
      source: "SNB and SIX Interbank Clearing, bank holidays 2024 to 2026",
      from: "2024-01-01",
      to: "2026-12-31",
      days: [
        ["2024-01-01", "New Year's Day"],
        ["2024-01-02", "Berchtold's Day"],
        ["2024-03-29", "Good Friday"],
        ["2024-04-01", "Easter Monday"],
        ["2024-05-01", "Labour Day"],
        ["2024-05-09", "Ascension Day"],
        ["2024-05-20", "Whit Monday"],
        ["2024-08-01", "National Day"],
        ["2024-12-25", "Christmas Day"],
        ["2024-12-26", "St. Stephen's Day"],
        ["2025-01-01", "New Year's Day"],
        ["2025-01-02", "Berchtold's Day"],
        ["2025-04-18", "Good Friday"],
        ["2025-04-21", "Easter Monday"],
        ["2025-05-01", "Labour Day"],
        ["2025-05-29", "Ascension Day"],
        ["2025-06-09", "Whit Monday"],
        ["2025-08-01", "National Day"],
        ["2025-12-25", "Christmas Day"],
        ["2025-12-26", "St. Stephen's Day"],
        ["2026-01-01", "New Year's Day"],
        ["2026-01-02", "Berchtold's Day"],
        ["2026-04-03", "Good Friday"],
        ["2026-04-06", "Easter Monday"],
        ["2026-05-01", "Labour Day"],
        ["2026-05-14", "Ascension Day"],
        ["2026-05-25", "Whit Monday"],
        ["2026-12-25", "Christmas Day"],
      ],
    },
    {
      status: "provisional",
      source: "Swiss bank holidays of earlier years, by rule",
      from: "2027-01-01",
      to: "2029-01-31",
      days: [
        ["2027-01-01", "New Year's Day"],
        ["2027-03-26", "Good Friday"],
        ["2027-03-29", "Easter Monday"],
        ["2027-05-06", "Ascension Day"],
        ["2027-05-17", "Whit Monday"],
        ["2028-04-14", "Good Friday"],
        ["2028-04-17", "Easter Monday"],
        ["2028-05-01", "Labour Day"],
        ["2028-05-25", "Ascension Day"],
        ["2028-06-05", "Whit Monday"],
        ["2028-08-01", "National Day"],
        ["2028-12-25", "Christmas Day"],
        ["2028-12-26", "St. Stephen's Day"],
        ["2029-01-01", "New Year's Day"],
        ["2029-01-02", "Berchtold's Day"],
      ],
    },
  ],
};
