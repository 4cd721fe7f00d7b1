/**
 * Days that are no good settlement days for US dollar bonds. Good Friday never is one, although Fedwire is
 * open and, in 2026, bonds traded.
 *
 * @module
 */

import type { PublishedCalendar } from "../calendar.ts";

export const SIFMA_SETTLEMENT: PublishedCalendar = {
  id: "SIFMA_SETTLEMENT",
  name: "SIFMA, settlement of US dollar bonds",
  published: [
    {
      status: "official",
      source:
        "SIFMA holiday recommendations 2024 to 2027 (releases of 2024-12-12, 2025-12-17 and 2026-03-20)",
      from: "2024-01-01",
      to: "2027-06-13",
      days: [
        ["2024-01-01", "New Year's Day"],
        ["2024-01-15", "Martin Luther King Jr. Day"],
        ["2024-02-19", "Washington's Birthday"],
        ["2024-03-29", "Good Friday"],
        ["2024-05-27", "Memorial Day"],
        ["2024-06-19", "Juneteenth"],
        ["2024-07-04", "Independence Day"],
        ["2024-09-02", "Labor Day"],
        ["2024-10-14", "Columbus Day"],
        ["2024-11-11", "Veterans Day"],
        ["2024-11-28", "Thanksgiving Day"],
        ["2024-12-25", "Christmas Day"],
        ["2025-01-01", "New Year's Day"],
        ["2025-01-20", "Martin Luther King Jr. Day"],
        ["2025-02-17", "Washington's Birthday"],
        ["2025-04-18", "Good Friday"],
        ["2025-05-26", "Memorial Day"],
        ["2025-06-19", "Juneteenth"],
        ["2025-07-04", "Independence Day"],
        ["2025-09-01", "Labor Day"],
        ["2025-10-13", "Columbus Day"],
        ["2025-11-11", "Veterans Day"],
        ["2025-11-27", "Thanksgiving Day"],
        ["2025-12-25", "Christmas Day"],
        ["2026-01-01", "New Year's Day"],
        ["2026-01-19", "Martin Luther King Jr. Day"],
        ["2026-02-16", "Washington's Birthday"],
        ["2026-04-03", "Good Friday"],
        ["2026-05-25", "Memorial Day"],
        ["2026-06-19", "Juneteenth"],
        ["2026-07-03", "Independence Day, observed"],
        ["2026-09-07", "Labor Day"],
        ["2026-10-12", "Columbus Day"],
        ["2026-11-11", "Veterans Day"],
        ["2026-11-26", "Thanksgiving Day"],
        ["2026-12-25", "Christmas Day"],
        ["2027-01-01", "New Year's Day"],
        ["2027-01-18", "Martin Luther King Jr. Day"],
        ["2027-02-15", "Washington's Birthday"],
        ["2027-03-26", "Good Friday"],
        ["2027-05-31", "Memorial Day"],
      ],
    },
    {
      // Its list of 2027 could not be seen, and no Juneteenth has fallen on a Saturday since SIFMA keeps it.
      status: "provisional",
      source: "SIFMA practice for Independence Day and Christmas on a Saturday, and NYSE's list of 2027",
      from: "2027-06-14",
      to: "2027-06-20",
      days: [
        ["2027-06-18", "Juneteenth, observed"],
      ],
    },
    {
      status: "official",
      source:
        "SIFMA holiday recommendations 2024 to 2027 (releases of 2024-12-12, 2025-12-17 and 2026-03-20)",
      from: "2027-06-21",
      to: "2027-12-31",
      days: [
        ["2027-07-05", "Independence Day, observed"],
        ["2027-09-06", "Labor Day"],
        ["2027-10-11", "Columbus Day"],
        ["2027-11-11", "Veterans Day"],
        ["2027-11-25", "Thanksgiving Day"],
        ["2027-12-24", "Christmas Day, observed"],
      ],
    },
    {
      status: "provisional",
      source: "SIFMA practice of earlier years, by rule",
      from: "2028-01-01",
      to: "2029-01-31",
      days: [
        ["2028-01-17", "Martin Luther King Jr. Day"],
        ["2028-02-21", "Washington's Birthday"],
        ["2028-04-14", "Good Friday"],
        ["2028-05-29", "Memorial Day"],
        ["2028-06-19", "Juneteenth"],
        ["2028-07-04", "Independence Day"],
        ["2028-09-04", "Labor Day"],
        ["2028-10-09", "Columbus Day"],
        ["2028-11-23", "Thanksgiving Day"],
        ["2028-12-25", "Christmas Day"],
        ["2029-01-01", "New Year's Day"],
        ["2029-01-15", "Martin Luther King Jr. Day"],
      ],
    },
  ],
};
