/**
 * One connection to the server's stream. A lost one is noticed at once, or, when it hangs, when nothing was heard for
 * some seconds; it is opened again from the place that was reached. Runs in a page and in a worker.
 *
 * @module
 */

/** An event as it came: its data is not read yet, since only those who show it need it. */
export interface StreamEvent {
  readonly name: string;
  /** The place in the change feed that is reached with it. */
  readonly id: string;
  readonly data: string;
}

export interface Listener {
  onEvent(event: StreamEvent): void;
  onLink(isUp: boolean): void;
}

export interface Source {
  /** The place that was reached. */
  readonly place: string;
  /** Opens it from another place: what lies between comes again. */
  reopen(place: string): void;
  /** Now, when it is closed at the moment: whoever asks for it has reason to hope. */
  retry(): void;
  close(): void;
}

const NAMES = ["kpi", "panels", "reset", "trades", "breaks", "status"];
/** The server says something every three seconds. */
export const SILENCE_MAX_MS = 9_000;
const RETRY_FIRST_MS = 300;
const RETRY_MAX_MS = 4_000;
const WATCH_MS = 1_000;

/** @param place What is shown already; empty: nothing. */
export function openSource(place: string, listener: Listener): Source {
  let own: EventSource | null = null;
  let heardAtMs = 0;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    clearTimeout(retry);
    own?.close();
    heardAtMs = performance.now();
    const source = own = new EventSource(
      `/api/v1/stream${place === "" ? "" : `?after=${encodeURIComponent(place)}`}`,
    );
    for (const name of NAMES) {
      source.addEventListener(name, ({ data, lastEventId }: MessageEvent<string>) => {
        if (source !== own) return;
        heardAtMs = performance.now();
        failures = 0;
        if (lastEventId !== "") place = lastEventId;
        listener.onLink(true);
        listener.onEvent({ name, id: place, data });
      });
    }
    source.onerror = () => source === own && reopenLater();
  }

  function reopenLater(): void {
    own?.close();
    own = null;
    listener.onLink(false);
    clearTimeout(retry);
    const waitMs = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** failures++);
    // All viewers lose a server at the same moment; they do not come back at the same one.
    retry = setTimeout(open, waitMs / 2 + Math.random() * waitMs / 2);
  }

  const watch = setInterval(() => {
    if (own !== null && performance.now() - heardAtMs > SILENCE_MAX_MS) reopenLater();
  }, WATCH_MS);
  open();

  return {
    get place() {
      return place;
    },
    reopen: (from) => {
      place = from;
      open();
    },
    retry: () => own === null && open(),
    close: () => {
      clearInterval(watch);
      clearTimeout(retry);
      own?.close();
      own = null;
    },
  };
}
