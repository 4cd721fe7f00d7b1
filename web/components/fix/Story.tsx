/**
 * An order's messages, each with what it did and where the order stood after it.
 *
 * @module
 */

import { formatExact } from "../../../shared/kpi/mod.ts";
import { MessageItem, Soundness } from "./MessageItem.tsx";
import { titleOf } from "./message.ts";
import type { OrderState, StoryMessage } from "./story.ts";

export function Story({ messages }: { messages: readonly StoryMessage[] }) {
  return (
    <ol class="fix-list" aria-label="Messages of the order">
      {messages.map((entry, place) => (
        <li key={place} class="card">
          <MessageItem message={entry.message} id={`m${place}`}>
            <StoryLine entry={entry} />
          </MessageItem>
        </li>
      ))}
    </ol>
  );
}

function StoryLine(
  { entry: { at, direction, broker, did, message, state, is_stated } }: { entry: StoryMessage },
) {
  const isOurs = direction === "ours";
  return (
    <span class="fix-story">
      <time dateTime={at} title={`${at.slice(0, 10)} ${at.slice(11, 26)} UTC`}>{at.slice(11, 23)}</time>
      <span class={`who ${direction}`}>{isOurs ? `Us to ${broker}` : `${broker} to us`}</span>
      <span class="did">
        <b>{did}</b>
        <span class="note">{titleOf(message)}</span>
        {!message.ok && <Soundness faults={message.errors.length} />}
      </span>
      <span class={is_stated ? "state" : "state note"}>
        {state === null ? "—" : is_stated ? <State state={state} /> : `Still: ${state.meaning}`}
      </span>
    </span>
  );
}

function State({ state: { meaning, cum_qty, leaves_qty, avg_px } }: { state: OrderState }) {
  const quantities = [
    cum_qty !== null && `${formatExact(cum_qty)} done`,
    leaves_qty !== null && `${formatExact(leaves_qty)} left`,
    avg_px !== null && Number(avg_px) !== 0 && `average ${formatExact(avg_px)}`,
  ];
  return (
    <>
      <b>{meaning}</b>
      <span class="note">{quantities.filter(Boolean).join(", ")}</span>
    </>
  );
}
