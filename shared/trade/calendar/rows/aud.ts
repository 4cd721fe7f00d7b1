/**
 * Days on which RITS is closed: holidays that New South Wales and Victoria both keep. Brokers differ on the
 * days of one state alone.
 *
 * @module
 */

import type { PublishedCalendar } from "../calendar.ts";

export const AUD: PublishedCalendar = {
  id: "AUD",
  name: "Reserve Bank of Australia, RITS",
  published: [
    {
      status: "official",
      source: "Reserve Bank of Australia, RITS business hours; days of 2024 to 2026",
      from: "2024-01-01",
      to: "2026-12-31",
      days: [
        ["2024-01-01", "New Year's Day"],
        ["2024-01-26", "Australia Day"],
        ["2024-03-29", "Good Friday"],
        ["2024-04-01", "Easter Monday"],
        ["2024-04-25", "Anzac Day"],
        ["2024-06-10", "King's Birthday"],
        ["2024-12-25", "Christmas Day"],
        ["2024-12-26", "Boxing Day"],
        ["2025-01-01", "New Year's Day"],
        ["2025-01-27", "Australia Day, substitute day"],
        ["2025-04-18", "Good Friday"],
        ["2025-04-21", "Easter Monday"],
        ["2025-04-25", "Anzac Day"],
        ["2025-06-09", "King's Birthday"],
        ["2025-12-25", "Christmas Day"],
        ["2025-12-26", "Boxing Day"],
        ["2026-01-01", "New Year's Day"],
        ["2026-01-26", "Australia Day"],
        ["2026-04-03", "Good Friday"],
        ["2026-04-06", "Easter Monday"],
        ["2026-06-08", "King's Birthday"],
        ["2026-12-25", "Christmas Day"],
        ["2026-12-28", "Boxing Day, substitute day"],
      ],
    },
    {
      status: "provisional",
      source: "RITS business hours, by rule",
      from: "2027-01-01",
      to: "2029-01-31",
      days: [
        ["2027-01-01", "New Year's Day"],
        ["2027-01-26", "Australia Day"],
        ["2027-03-26", "Good Friday"],
        ["2027-03-29", "Easter Monday"],
        ["2027-06-14", "King's Birthday"],
        ["2027-12-27", "Christmas Day, substitute day"],
        ["2027-12-28", "Boxing Day, substitute day"],
        ["2028-01-03", "New Year's Day, substitute day"],
        ["2028-01-26", "Australia Day"],
        ["2028-04-14", "Good Friday"],
        ["2028-04-17", "Easter Monday"],
        ["2028-04-25", "Anzac Day"],
        ["2028-06-12", "King's Birthday"],
        ["2028-12-25", "Christmas Day"],
        ["2028-12-26", "Boxing Day"],
        ["2029-01-01", "New Year's Day"],
        ["2029-01-26", "Australia Day"],
      ],
    },
  ],
};
