/**
 * What is in a log at a glance: messages by type, faults by kind.
 *
 * @module
 */

import { formatCount, formatName } from "../../../shared/kpi/mod.ts";
import { type Decoding, printable } from "./message.ts";

export function DecodingSummary({ decoding: { summary, omitted, isCut } }: { decoding: Decoding }) {
  const { messages, faulty, garbledLines, byType, byError } = summary;
  const told = [
    `${formatCount(messages)} ${messages === 1 ? "message" : "messages"}`,
    toSoundness(messages, faulty),
    garbledLines > 0 &&
    `${formatCount(garbledLines)} ${garbledLines === 1 ? "line" : "lines"} without a message`,
  ];
  return (
    <div class="fix-summary">
      <p role="status">
        <b>{messages === 0 ? "No message found" : told.filter(Boolean).join(", ")}</b>
      </p>
      {byType.length > 0 && (
        <ul class="fix-chips" aria-label="Messages by type">
          {byType.map(({ msgType, msgName, count }) => (
            <li key={msgType}>
              {msgName || "Unknown"} ({printable(msgType)}) <b>{formatCount(count)}</b>
            </li>
          ))}
        </ul>
      )}
      {byError.length > 0 && (
        <ul class="fix-chips" aria-label="Messages by fault">
          {byError.map(({ code, count }) => (
            <li key={code} class="fix-fault">
              {formatName(code)} <b>{formatCount(count)}</b>
            </li>
          ))}
        </ul>
      )}
      {(omitted > 0 || isCut) && (
        <p class="note">
          {isCut ? "The text holds more than is read at once: the rest was not counted. " : ""}
          {omitted > 0 && `${formatCount(omitted)} more are counted and not shown.`}{" "}
          For logs of any size run: deno task fix:decode --summary FILE
        </p>
      )}
    </div>
  );
}

function toSoundness(messages: number, faulty: number): string {
  if (faulty === 0) return messages === 1 ? "sound" : "all sound";
  return messages === 1 ? "with faults" : `${formatCount(faulty)} with faults`;
}
