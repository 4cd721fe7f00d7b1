/**
 * Bank holidays of England and Wales: no trading in London, no settlement in CREST, no sterling payments.
 *
 * @module
 */

import type { PublishedCalendar } from "../calendar.ts";

export const GBP: PublishedCalendar = {
  id: "GBP",
  name: "UK banks and CREST, sterling",
  published: [
    {
      status: "official",
      source: "gov.uk/bank-holidays, England and Wales, 2024 to 2027",
      from: "2024-01-01",
      to: "2027-12-31",
      days: [
        ["2024-01-01", "New Year's Day"],
        ["2024-03-29", "Good Friday"],
        ["2024-04-01", "Easter Monday"],
        ["2024-05-06", "Early May bank holiday"],
        ["2024-05-27", "Spring bank holiday"],
        ["2024-08-26", "Summer bank holiday"],
        ["2024-12-25", "Christmas Day"],
        ["2024-12-26", "Boxing Day"],
        ["2025-01-01", "New Year's Day"],
        ["2025-04-18", "Good Friday"],
        ["2025-04-21", "Easter Monday"],
        ["2025-05-05", "Early May bank holiday"],
        ["2025-05-26", "Spring bank holiday"],
        ["2025-08-25", "Summer bank holiday"],
        ["2025-12-25", "Christmas Day"],
        ["2025-12-26", "Boxing Day"],
        ["2026-01-01", "New Year's Day"],
        ["2026-04-03", "Good Friday"],
        ["2026-04-06", "Easter Monday"],
        ["2026-05-04", "Early May bank holiday"],
        ["2026-05-25", "Spring bank holiday"],
        ["2026-08-31", "Summer bank holiday"],
        ["2026-12-25", "Christmas Day"],
        ["2026-12-28", "Boxing Day, substitute day"],
        ["2027-01-01", "New Year's Day"],
        ["2027-03-26", "Good Friday"],
        ["2027-03-29", "Easter Monday"],
        ["2027-05-03", "Early May bank holiday"],
        ["2027-05-31", "Spring bank holiday"],
        ["2027-08-30", "Summer bank holiday"],
        ["2027-12-27", "Christmas Day, substitute day"],
        ["2027-12-28", "Boxing Day, substitute day"],
      ],
    },
    {
      status: "provisional",
      source: "Banking and Financial Dealings Act 1971, by rule",
      from: "2028-01-01",
      to: "2029-01-31",
      days: [
        ["2028-01-03", "New Year's Day, substitute day"],
        ["2028-04-14", "Good Friday"],
        ["2028-04-17", "Easter Monday"],
        ["2028-05-01", "Early May bank holiday"],
        ["2028-05-29", "Spring bank holiday"],
        ["2028-08-28", "Summer bank holiday"],
        ["2028-12-25", "Christmas Day"],
        ["2028-12-26", "Boxing Day"],
        ["2029-01-01", "New Year's Day"],
      ],
    },
  ],
};

/** London trades on the days on which sterling is paid. */
export const XLON: PublishedCalendar = { ...GBP, id: "XLON", name: "London Stock Exchange, trading" };
