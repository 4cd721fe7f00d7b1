/**
 * Puts what could not be read into the dead-letter topic of its own topic: the original bytes and key, and where
 * they came from and what was wrong in the headers. A replay may send them again; readers tell by the headers.
 *
 * @module
 */

import { isTooLarge } from "../shared/platform/kafka_errors.ts";
import type { Outbox, OutRecord } from "../shared/platform/outbox.ts";
import { deadLetterTopic } from "../shared/platform/settings.ts";
import type { Rejection } from "./decode.ts";

/** Resolves when all of them are acknowledged. */
export async function sendAside(outbox: Outbox, rejections: readonly Rejection[]): Promise<void> {
  const byTopic = Map.groupBy(rejections, ({ source }) => source.topic);
  await Promise.all([...byTopic].map(async ([topic, own]) => {
    try {
      await outbox.send(deadLetterTopic(topic), own.map(toDeadLetter));
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      for (const rejection of own) await sendAlone(outbox, rejection);
    }
  }));
}

/** Such as `x-original-topic`; the bytes are kept in the table `dead_letters` in any case. */
export function toDeadLetter({ source, code, text }: Rejection): OutRecord {
  return {
    key: source.key,
    value: source.value,
    headers: {
      "x-original-topic": source.topic,
      "x-original-partition": String(source.partition),
      "x-original-offset": source.offset,
      "x-error-code": code,
      "x-error-text": text,
    },
  };
}

// A record that the broker took may be too large for the dead-letter topic, and must not hold up the others.
async function sendAlone(outbox: Outbox, rejection: Rejection): Promise<void> {
  const topic = deadLetterTopic(rejection.source.topic);
  const letter = toDeadLetter(rejection);
  try {
    await outbox.send(topic, [letter]);
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    const omitted = { "x-value-omitted": String(rejection.source.value?.length ?? 0) };
    await outbox.send(topic, [{ ...letter, value: null, headers: { ...letter.headers, ...omitted } }]);
  }
}
