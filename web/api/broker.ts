/**
 * Asks a Kafka broker whether it answers. The web needs nothing of Kafka; it only tells, so that an idle consumer is
 * not taken for a dead broker. One request, no client.
 *
 * @module
 */

import { delay } from "../../shared/platform/retry.ts";

export interface Brokers {
  readonly brokers: readonly string[];
  /** Then only the connection is tried: the question would have to be encrypted. */
  readonly ssl: boolean;
}

const ANSWER_MAX_MS = 1_000;

// Kafka protocol, ApiVersions v0: the one request that needs no login. Size, key 18, version 0, correlation 1, no client.
const API_VERSIONS = new Uint8Array([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 255, 255]);

/** True when any of them answers within a second. */
export async function answers({ brokers, ssl }: Brokers): Promise<boolean> {
  const asked = brokers.map((broker) => ask(broker, ssl));
  return await Promise.any(asked).then(() => true, () => false);
}

async function ask(broker: string, ssl: boolean): Promise<void> {
  const split = broker.lastIndexOf(":");
  const hostname = broker.slice(0, split).replace(/^\[|\]$/g, "");
  const late = new AbortController();
  let connection: Deno.TcpConn | undefined;
  const answer = Deno.connect({ hostname, port: Number(broker.slice(split + 1)) }).then(async (opened) => {
    connection = opened;
    if (late.signal.aborted) return opened[Symbol.dispose]();
    if (ssl) return;
    await opened.write(API_VERSIONS);
    if (await opened.read(new Uint8Array(8)) === null) throw new Error("it closed the connection");
  });
  answer.catch(() => {});
  const timer = delay(ANSWER_MAX_MS, late.signal).then(() => Promise.reject(new Error("no answer")));
  try {
    await Promise.race([answer, timer]);
  } finally {
    timer.catch(() => {});
    late.abort();
    connection?.[Symbol.dispose]();
  }
}
