/**
 * The end of a business date: `POST /api/v1/sign-offs` freezes what is open, `GET` shows what was.
 *
 * A date is signed once. What turns out later is not written into a signed date: it belongs to the sign-off of the next
 * one, whose text may say so.
 *
 * @module
 */

import { z } from "zod";
import { UncoveredDayError } from "../../shared/trade/calendar/calendar.ts";
import type { SignOff, Store } from "../store.ts";
import { type BusinessDay, toBusinessDay, today } from "../store/business_day.ts";
import { businessCalendar } from "../store/break_clock.ts";
import type { Calendars } from "../../shared/trade/calendar/mod.ts";
import { readActor, refuseRemote } from "./actor.ts";
import { readBody } from "./body.ts";
import { DETAILS } from "./break_actions.ts";
import { readCursor } from "./cursor.ts";
import { type Page, toPage } from "./pages.ts";
import { BadRequestError, toProblemResponse } from "./problem.ts";
import { day, limit, readQuery, text } from "./query.ts";

const BODY = z.strictObject({ date: day, text: DETAILS.text });
const BODY_BYTES_MAX = 32 * 1024;
const QUERY = z.strictObject({ limit, cursor: text.optional() });

export async function toSignOffResponse(
  store: Store,
  request: Request,
  { host, calendars }: { readonly host: string; readonly calendars: Calendars },
): Promise<Response> {
  const remote = refuseRemote(host);
  if (remote) return remote;
  const actor = readActor(request);
  const { date, text } = await readBody(request, BODY, {
    bytesMax: BODY_BYTES_MAX,
    example: '{"date": "2026-11-23"}',
  });
  const businessDay = readBusinessDay(date, calendars);
  if (typeof businessDay === "string") {
    return toProblemResponse({
      status: 422,
      title: "Not possible",
      code: "not_possible",
      detail: businessDay,
    });
  }
  try {
    const signed = await store.signOff({ day: businessDay, actor, text: text || null });
    return Response.json(signed, {
      status: 201,
      headers: { "cache-control": "no-store", location: `/api/v1/sign-offs/${date}` },
    });
  } catch (error) {
    if ((error as { code?: string }).code !== "BW409") throw error;
    const signOff = await store.signOffOf(date);
    const detail =
      `${date} was signed off by ${signOff?.signed_by}; what is found later belongs to the next date.`;
    return toProblemResponse({ status: 409, title: "Signed off", code: "signed", detail, signOff });
  }
}

/** A text says why the date cannot be signed. */
function readBusinessDay(date: string, calendars: Calendars): BusinessDay | string {
  const now = today();
  if (date > now) return `${date} is still to come: it is ${now} in New York.`;
  try {
    return toBusinessDay(date, businessCalendar(calendars)) ?? `${date} is no business day.`;
  } catch (error) {
    if (error instanceof UncoveredDayError) return `${error.message}.`;
    throw error;
  }
}

/** @throws {BadRequestError} */
export async function readSignOffs(store: Store, params: URLSearchParams): Promise<Page<SignOff>> {
  const { limit, cursor } = readQuery(QUERY, params);
  const before = cursor === undefined ? null : readCursor(cursor)[1];
  if (before !== null && !day.safeParse(before).success) {
    throw new BadRequestError("cursor is one of another list");
  }
  const rows = await store.signOffs({ rowsMax: limit + 1, before });
  return toPage(rows, limit, ({ signed_at, business_date }) => [signed_at, business_date]);
}

/** `GET /api/v1/sign-offs/{date}` */
export async function toSignedResponse(store: Store, date: string): Promise<Response> {
  const signed = day.safeParse(date).success ? await store.signOffOf(date) : null;
  if (signed !== null) return Response.json(signed);
  return toProblemResponse({ status: 404, title: "Not found", detail: `"${date}" is not signed off.` });
}
