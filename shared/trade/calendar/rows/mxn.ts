/**
 * Days on which Mexican banks are closed.
 *
 * @module
 */

import type { PublishedCalendar } from "../calendar.ts";

export const MXN: PublishedCalendar = {
  id: "MXN",
  name: "Banco de México, SPEI",
  published: [
    {
      status: "official",
      source: "CNBV, bank holidays 2024 to 2026",
      from: "2024-01-01",
      to: "2026-12-31",
      days: [
        ["2024-01-01", "New Year's Day"],
        ["2024-02-05", "Constitution Day"],
        ["2024-03-18", "Benito Juárez's Birthday"],
        ["2024-03-28", "Maundy Thursday"],
        ["2024-03-29", "Good Friday"],
        ["2024-05-01", "Labour Day"],
        ["2024-09-16", "Independence Day"],
        ["2024-10-01", "Inauguration of the President"],
        ["2024-11-18", "Revolution Day"],
        ["2024-12-12", "Bank employees' day"],
        ["2024-12-25", "Christmas Day"],
        ["2025-01-01", "New Year's Day"],
        ["2025-02-03", "Constitution Day"],
        ["2025-03-17", "Benito Juárez's Birthday"],
        ["2025-04-17", "Maundy Thursday"],
        ["2025-04-18", "Good Friday"],
        ["2025-05-01", "Labour Day"],
        ["2025-09-16", "Independence Day"],
        ["2025-11-17", "Revolution Day"],
        ["2025-12-12", "Bank employees' day"],
        ["2025-12-25", "Christmas Day"],
        ["2026-01-01", "New Year's Day"],
        ["2026-02-02", "Constitution Day"],
        ["2026-03-16", "Benito Juárez's Birthday"],
        ["2026-04-02", "Maundy Thursday"],
        ["2026-04-03", "Good Friday"],
        ["2026-05-01", "Labour Day"],
        ["2026-09-16", "Independence Day"],
        ["2026-11-02", "All Souls' Day"],
        ["2026-11-16", "Revolution Day"],
        ["2026-12-25", "Christmas Day"],
      ],
    },
    {
      status: "provisional",
      source: "CNBV, bank holidays of earlier years, by rule",
      from: "2027-01-01",
      to: "2029-01-31",
      days: [
        ["2027-01-01", "New Year's Day"],
        ["2027-02-01", "Constitution Day"],
        ["2027-03-15", "Benito Juárez's Birthday"],
        ["2027-03-25", "Maundy Thursday"],
        ["2027-03-26", "Good Friday"],
        ["2027-09-16", "Independence Day"],
        ["2027-11-02", "All Souls' Day"],
        ["2027-11-15", "Revolution Day"],
        ["2028-02-07", "Constitution Day"],
        ["2028-03-20", "Benito Juárez's Birthday"],
        ["2028-04-13", "Maundy Thursday"],
        ["2028-04-14", "Good Friday"],
        ["2028-05-01", "Labour Day"],
        ["2028-11-02", "All Souls' Day"],
        ["2028-11-20", "Revolution Day"],
        ["2028-12-12", "Bank employees' day"],
        ["2028-12-25", "Christmas Day"],
        ["2029-01-01", "New Year's Day"],
      ],
    },
  ],
};
