/**
 * The raw messages behind a trade, decoded.
 *
 * @module
 */

import { MessageItem } from "../fix/MessageItem.tsx";
import type { ShownMessage } from "../fix/message.ts";

interface Props {
  readonly messages: readonly ShownMessage[];
  readonly orderId?: string | null | undefined;
}

export function Messages({ messages, orderId }: Props) {
  return (
    <>
      {messages.length === 0 ? <p class="card blank">None is stored.</p> : <List messages={messages} />}
      {orderId && (
        <p class="note">
          <a href={`/orders/${encodeURIComponent(orderId)}`}>All messages of its order</a>, with the order's
          state after each.
        </p>
      )}
    </>
  );
}

function List({ messages }: { messages: readonly ShownMessage[] }) {
  return (
    <ol class="fix-list" aria-label="FIX messages of the executions">
      {messages.map((message, place) => (
        <li key={place} class="card">
          <MessageItem message={message} id={`m${place}`} />
        </li>
      ))}
    </ol>
  );
}
