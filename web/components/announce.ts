/**
 * Announces a break that cannot wait: by sound, by a notification of the desktop, by neither, as the viewer wishes.
 *
 * @module
 */

import { type BreakRow, formatName, formatShort } from "../../shared/kpi/mod.ts";

export interface Wishes {
  readonly sound: boolean;
  readonly notification: boolean;
}

const STORED = "breakwater-alerts";

export function readWishes(): Wishes {
  const words = (localStorage.getItem(STORED) ?? "").split(" ");
  return { sound: words.includes("sound"), notification: words.includes("notification") };
}

export function writeWishes({ sound, notification }: Wishes): void {
  const words = [...sound ? ["sound"] : [], ...notification ? ["notification"] : []];
  localStorage.setItem(STORED, words.join(" "));
}

/** A critical break that was opened since the page is: those before it are on the board, red. */
export function isForUs({ severity, closed_at, opened_at }: BreakRow, sinceMs: number): boolean {
  return severity === "critical" && closed_at === null && Date.parse(opened_at) >= sinceMs;
}

/** So long one tab speaks for all. */
const TURN_MS = 3_000;

/** Of all tabs one announces a break. */
export function announce(row: BreakRow, wishes: Wishes): void {
  if (!wishes.sound && !wishes.notification) return;
  const speak = () => {
    if (wishes.sound) ring();
    if (wishes.notification) notify(row);
  };
  if (navigator.locks === undefined) return speak();
  navigator.locks.request(`breakwater-break-${row.id}-${row.version}`, { ifAvailable: true }, (lock) => {
    if (lock === null) return;
    speak();
    return new Promise((done) => setTimeout(done, TURN_MS));
  });
}

function notify({ id, type, counterparty, notional_usd, trade_id }: BreakRow): void {
  const risk = notional_usd === null ? "" : `, USD ${formatShort(notional_usd)}`;
  const notification = new Notification(`Critical break: ${formatName(type)}`, {
    body: `${trade_id}${counterparty === null ? "" : ` with ${counterparty}`}${risk}`,
    tag: `break-${id}`,
  });
  notification.onclick = () => {
    focus();
    location.assign(`/breaks/${id}`);
  };
}

const TONES_HZ = [880, 660];
const TONE_SECONDS = 0.14;

function ring(): void {
  const audio = new AudioContext();
  const gain = audio.createGain();
  gain.gain.value = 0.15;
  gain.connect(audio.destination);
  TONES_HZ.forEach((frequency, index) => {
    const tone = audio.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(gain);
    tone.start(audio.currentTime + index * TONE_SECONDS);
    tone.stop(audio.currentTime + (index + 1) * TONE_SECONDS);
    if (index === TONES_HZ.length - 1) tone.onended = () => audio.close();
  });
}
