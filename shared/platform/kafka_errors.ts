/**
 * What the Kafka client's errors mean for us: wait and try again, begin anew, or give up.
 *
 * @module
 */

/** The group's position is not on the broker: records are gone, or the topic is another one. */
export class PositionLostError extends Error {
  override readonly name = "PositionLostError";
  /** kafkajs must not retry it. */
  readonly retriable = false;

  constructor(readonly topic: string, readonly partition: number) {
    super(`Cannot read on in ${topic}/${partition}: the broker does not hold the group's offset`);
  }
}

/** True when the same request may succeed later. */
export function isTransient(error: unknown): boolean {
  const root = rootOf(error);
  return (root as { retriable?: unknown }).retriable === true || PASSING.has(root.name);
}

/** kafkajs gives up on these by itself, though all they say is that a broker is away or has just come. */
const PASSING = new Set(["KafkaJSNoBrokerAvailableError", "KafkaJSGroupCoordinatorNotFound"]);

/** True when the broker refuses a record for its size: it fails the same way each time. */
export function isTooLarge(error: unknown): boolean {
  return ["MESSAGE_TOO_LARGE", "RECORD_LIST_TOO_LARGE"].includes(typeOf(error));
}

/** True when a topic is not there: not yet, or not any more. */
export function isTopicMissing(error: unknown): boolean {
  return typeOf(error) === "UNKNOWN_TOPIC_OR_PARTITION";
}

/** True when a producer can send nothing any more, because the broker has lost its sequence. */
export function isProducerLost(error: unknown): boolean {
  return PRODUCER_LOST.has(typeOf(error));
}

const PRODUCER_LOST = new Set([
  "OUT_OF_ORDER_SEQUENCE_NUMBER",
  "UNKNOWN_PRODUCER_ID",
  "INVALID_PRODUCER_ID_MAPPING",
  "INVALID_PRODUCER_EPOCH",
]);

/** kafkajs wraps errors in errors; the innermost one says what happened. */
export function rootOf(error: unknown): Error {
  let root = error instanceof Error ? error : new Error(String(error));
  while (root.cause instanceof Error) root = root.cause;
  if (root instanceof AggregateError && root.errors[0] instanceof Error) return rootOf(root.errors[0]);
  return root;
}

function typeOf(error: unknown): string {
  return String((rootOf(error) as { type?: unknown }).type);
}
