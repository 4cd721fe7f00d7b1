/**
 * All calendars by name: those that came with this version, and the same with ad-hoc closures laid over them.
 *
 * @module
 */

import { type Calendar, type Holiday, openCalendar, type PublishedCalendar } from "./calendar.ts";
import type { Closure } from "./closures.ts";
import { AUD } from "./rows/aud.ts";
import { CAD } from "./rows/cad.ts";
import { CHF } from "./rows/chf.ts";
import { DTCC } from "./rows/dtcc.ts";
import { EUR, XPAR } from "./rows/eur.ts";
import { GBP, XLON } from "./rows/gbp.ts";
import { IFEU } from "./rows/ifeu.ts";
import { JPY, XJPX } from "./rows/jpy.ts";
import { MXN } from "./rows/mxn.ts";
import { NZD } from "./rows/nzd.ts";
import { SEK } from "./rows/sek.ts";
import { SIFMA } from "./rows/sifma.ts";
import { SIFMA_SETTLEMENT } from "./rows/sifma_settlement.ts";
import { USD } from "./rows/usd.ts";
import { XCME } from "./rows/xcme.ts";
import { XETR } from "./rows/xetr.ts";
import { XNYS } from "./rows/xnys.ts";
import { XSWX } from "./rows/xswx.ts";
import { XTSE } from "./rows/xtse.ts";

const TRADING = { XNYS, SIFMA, XCME, IFEU, XETR, XPAR, XLON, XSWX, XJPX, XTSE };
const SETTLEMENT = { DTCC, SIFMA_SETTLEMENT };
const CURRENCIES = { USD, EUR, GBP, CHF, JPY, CAD, AUD, NZD, SEK, MXN };
const ALL = { ...TRADING, ...SETTLEMENT, ...CURRENCIES };

/** Exchanges by their market identifier code, depositories by name, currencies by their ISO code. */
export type CalendarId = keyof typeof ALL;
export type CurrencyId = keyof typeof CURRENCIES;
export type Calendars = Readonly<Record<CalendarId, Calendar>>;

export const CALENDAR_IDS = Object.keys(ALL) as CalendarId[];
export const CURRENCY_IDS = Object.keys(CURRENCIES) as CurrencyId[];

export function isCurrencyId(text: string): text is CurrencyId {
  return Object.hasOwn(CURRENCIES, text);
}

/** The calendars as published. */
export const CALENDARS: Calendars = openAll([]);

/**
 * The published calendars with closures and reopenings laid over them; a later one of the same day wins.
 *
 * @param closures As `readClosures` read them.
 */
export function withClosures(closures: readonly Closure[]): Calendars {
  return openAll(closures);
}

function openAll(closures: readonly Closure[]): Calendars {
  const opened = Object.entries<PublishedCalendar>(ALL).map(([id, published]) => {
    const calendar = openCalendar(published);
    const own = closures.filter(({ calendar }) => calendar === id);
    return [id, own.length === 0 ? calendar : { ...calendar, holidays: overlay(calendar, own) }];
  });
  return Object.fromEntries(opened);
}

function overlay({ holidays }: Calendar, closures: readonly Closure[]): ReadonlyMap<string, Holiday> {
  const days = new Map(holidays);
  for (const { open, ...holiday } of closures) {
    if (open) days.delete(holiday.date);
    else days.set(holiday.date, holiday);
  }
  return days;
}
