/**
 * Says when a topic has never carried a message, so that empty figures are not taken for good news.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { Kpi } from "../../shared/kpi/mod.ts";

export function Feeds({ kpi }: { kpi: ReadonlySignal<Kpi> }) {
  const { book, street } = kpi.value.feeds;
  if (book && street) return null;
  return (
    <p class="feeds" role="note">
      {!book && <span>No book feed: no booking has ever come in.</span>}
      {!street && (
        <span>No street feed: no FIX message has ever come in, so bookings are not reconciled.</span>
      )}
    </p>
  );
}
