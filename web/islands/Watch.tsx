/**
 * What every page tells without being looked at: how many breaks are open, in its title and its icon, and, where that
 * is wanted, a sound and a notification when one comes up that cannot wait. Knows the viewer's time zone, too.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { zone } from "../../shared/kpi/mod.ts";
import { announce, isForUs, readWishes, type Wishes, writeWishes } from "../components/announce.ts";
import { markPage } from "../components/page_mark.ts";
import { followStream } from "../components/stream.ts";
import { tellZone } from "../components/zone.ts";

// Before the page comes to life: what the server wrote was written in this zone.
if (IS_BROWSER) zone.value = document.documentElement.dataset.zone ?? "UTC";

const NOTHING: Wishes = { sound: false, notification: false };

/** @param icon The address of the page's icon. */
export default function Watch({ icon }: { icon: string }) {
  const wishes = useSignal<Wishes>(NOTHING);

  useEffect(() => {
    tellZone();
    wishes.value = readWishes();
    const mark = markPage(icon);
    const sinceMs = Date.now();
    return followStream("", {
      onKpi: ({ breaks }) => mark(breaks.open),
      onBreaks: (rows, isReset) => {
        if (isReset) return;
        for (const row of rows) if (isForUs(row, sinceMs)) announce(row, wishes.peek());
      },
    });
  }, []);

  const set = async (name: keyof Wishes, isWanted: boolean) => {
    const isGranted = name === "sound" || !isWanted || await Notification.requestPermission() === "granted";
    wishes.value = { ...wishes.value, [name]: isWanted && isGranted };
    writeWishes(wishes.value);
  };
  const { sound, notification } = wishes.value;
  return (
    <details class="menu">
      <summary class="toggle" aria-label="Alerts for new critical breaks">
        <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
          <path
            d="M6 17V11a6 6 0 0 1 12 0v6l1.500 2h-15zM10 21.500h4"
            fill={sound || notification ? "currentColor" : "none"}
            stroke="currentColor"
            stroke-width="2"
            stroke-linejoin="round"
            stroke-linecap="round"
          />
        </svg>
      </summary>
      <fieldset class="card">
        <legend>On a new critical break</legend>
        <label>
          <input
            type="checkbox"
            checked={sound}
            onChange={({ currentTarget }) => set("sound", currentTarget.checked)}
          />
          Sound
        </label>
        <label>
          <input
            type="checkbox"
            checked={notification}
            onChange={({ currentTarget }) => set("notification", currentTarget.checked)}
          />
          Desktop notification
        </label>
      </fieldset>
    </details>
  );
}
