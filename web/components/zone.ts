/**
 * Tells the server the viewer's time zone, for the pages to come, and puts the times of this one right.
 *
 * @module
 */

import { formatDay, formatTime, zone } from "../../shared/kpi/mod.ts";

const YEAR_SECONDS = 31_536_000;

export function tellZone(): void {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (own === zone.peek()) return;
  document.cookie = `zone=${own}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  zone.value = own;
  // What is live has changed by itself; this is for what the server alone has written.
  for (const time of document.querySelectorAll<HTMLTimeElement>("main time[datetime]")) {
    const text = time.firstChild;
    if (!(text instanceof Text)) continue;
    if (/^\d\d:\d\d:\d\d$/.test(text.data)) text.data = formatTime(time.dateTime);
    else if (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text.data)) {
      text.data = `${formatDay(time.dateTime)} ${formatTime(time.dateTime)}`;
    }
  }
}
