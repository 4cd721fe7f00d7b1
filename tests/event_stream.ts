/**
 * Reads server-sent events as a program would, id by id.
 *
 * @module
 */

import { until } from "./programs.ts";

export interface StreamEvent {
  readonly name: string;
  readonly id: string;
  // deno-lint-ignore no-explicit-any -- the tests say what they expect of an event
  readonly data: any;
  readonly atMs: number;
}

export interface EventStream {
  /** All that came so far. */
  readonly events: readonly StreamEvent[];
  /** Waits for an event that is what the test looks for. */
  next(what: string, isIt: (event: StreamEvent) => boolean): Promise<StreamEvent>;
  close(): Promise<void>;
}

export async function openEventStream(url: string, lastEventId?: string): Promise<EventStream> {
  const headers: HeadersInit = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
  const response = await fetch(`${url}/api/v1/stream`, { headers });
  const events: StreamEvent[] = [];
  const reader = response.body!.getReader();
  let failure: unknown;
  const reading = read(reader, events).catch((error) => failure = error);
  return {
    events,
    next: async (what, isIt) => {
      let found: StreamEvent | undefined;
      await until(() => `${what}; saw ${JSON.stringify(events.map(({ name, id }) => [name, id]))}`, () => {
        if (failure !== undefined) throw failure;
        found = events.find(isIt);
        return found !== undefined;
      }, 15_000);
      return found!;
    },
    close: async () => {
      await reader.cancel();
      await reading;
    },
  };
}

async function read(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  events: StreamEvent[],
): Promise<void> {
  const decoder = new TextDecoder();
  let text = "";
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    text += decoder.decode(chunk.value, { stream: true });
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const event = toEvent(text.slice(0, end));
      if (event) events.push(event);
      text = text.slice(end + 2);
    }
  }
}

function toEvent(block: string): StreamEvent | null {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];
  const data = field("data");
  if (data === undefined) return null;
  return {
    name: field("event") ?? "message",
    id: field("id") ?? "",
    data: JSON.parse(data),
    atMs: Date.now(),
  };
}
