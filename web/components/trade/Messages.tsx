/**
 * The raw messages behind a trade, decoded.
 *
 * @module
 */

import { MessageItem } from "../fix/MessageItem.tsx";
import type { ShownMessage } from "../fix/message.ts";

export function Messages({ messages }: { messages: readonly ShownMessage[] }) {
  if (messages.length === 0) return <p class="card blank">None is stored.</p>;
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
