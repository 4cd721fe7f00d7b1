/**
 * Days on which all energy contracts are closed. On other UK and US holidays Brent trades, with shorter
 * hours.
 *
 * @module
 */

import type { PublishedCalendar } from "../calendar.ts";

export const IFEU: PublishedCalendar = {
  id: "IFEU",
  name: "ICE Futures Europe, trading",
  published: [
    {
      status: "official",
      source: "ICE Futures Europe, trading schedules 2024 to 2026",
      from: "2024-01-01",
      to: "2026-12-31",
      days: [
        ["2024-01-01", "New Year's Day"],
        ["2024-03-29", "Good Friday"],
        ["2024-12-25", "Christmas Day"],
        ["2025-01-01", "New Year's Day"],
        ["2025-04-18", "Good Friday"],
        ["2025-12-25", "Christmas Day"],
        ["2026-01-01", "New Year's Day"],
        ["2026-04-03", "Good Friday"],
        ["2026-12-25", "Christmas Day"],
      ],
    },
    {
      status: "provisional",
      source: "ICE Futures Europe, schedules of earlier years, by rule",
      from: "2027-01-01",
      to: "2029-01-31",
      days: [
        ["2027-01-01", "New Year's Day"],
        ["2027-03-26", "Good Friday"],
        ["2028-04-14", "Good Friday"],
        ["2028-12-25", "Christmas Day"],
        ["2029-01-01", "New Year's Day"],
      ],
    },
  ],
};
