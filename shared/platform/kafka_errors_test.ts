import assert from "node:assert/strict";
import { isProducerLost, isTooLarge, isTransient, PositionLostError, rootOf } from "./kafka_errors.ts";

const kafka = (facts: { name?: string; type?: string; retriable?: boolean }) =>
  Object.assign(new Error("broker says"), facts);
const wrapped = (cause: Error) => Object.assign(new Error("outer", { cause }), { retriable: false });

const CASES: { name: string; error: unknown; means: string }[] = [
  { name: "a refused connection", error: kafka({ retriable: true }), means: "transient" },
  { name: "retries that ran out", error: wrapped(kafka({ retriable: true })), means: "transient" },
  {
    name: "a broker list that is empty for now",
    error: kafka({ name: "KafkaJSNoBrokerAvailableError", retriable: false }),
    means: "transient",
  },
  {
    name: "a group whose coordinator is away",
    error: kafka({ name: "KafkaJSGroupCoordinatorNotFound", retriable: false }),
    means: "transient",
  },
  {
    name: "a topic that does not exist yet",
    error: kafka({ type: "UNKNOWN_TOPIC_OR_PARTITION", retriable: true }),
    means: "transient",
  },
  {
    name: "a record that is too large",
    error: wrapped(kafka({ type: "MESSAGE_TOO_LARGE", retriable: false })),
    means: "too large",
  },
  {
    name: "a lost sequence",
    error: kafka({ type: "OUT_OF_ORDER_SEQUENCE_NUMBER", retriable: false }),
    means: "producer lost",
  },
  {
    name: "no right to read",
    error: kafka({ type: "TOPIC_AUTHORIZATION_FAILED", retriable: false }),
    means: "",
  },
  { name: "a lost position", error: wrapped(new PositionLostError("trades", 3)), means: "" },
  { name: "our own mistake", error: new TypeError("x is not a function"), means: "" },
];

for (const { name, error, means } of CASES) {
  Deno.test(`Kafka's errors: ${name} is ${means || "final"}`, () => {
    const seen = [
      isTransient(error) && "transient",
      isTooLarge(error) && "too large",
      isProducerLost(error) && "producer lost",
    ];
    assert.equal(seen.filter(Boolean).join(", "), means);
  });
}

Deno.test("rootOf() finds the innermost error", () => {
  const inner = new PositionLostError("trades", 3);
  assert.equal(rootOf(wrapped(wrapped(inner))), inner);
  assert.equal(rootOf(new AggregateError([wrapped(inner)])), inner);
  assert.equal(rootOf("text").message, "text");
});
