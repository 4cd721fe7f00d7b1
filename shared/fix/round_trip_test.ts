import assert from "node:assert/strict";
import fc from "fast-check";
import { checkMessage } from "./check.ts";
import { Dictionaries } from "./dictionaries.ts";
import { encodeMessage, type FieldToEncode } from "./encode.ts";
import type { Fault } from "./faults.ts";
import { Fields } from "./fields.ts";
import { frameFaults } from "./frame_faults.ts";
import { scanFrame } from "./frame.ts";
import { StreamFramer } from "./stream.ts";
import { anyMessage } from "./testdata/any_message.ts";
import { below, oneOf, seeded } from "./testdata/any_value.ts";

const VERSIONS = ["FIX.4.2", "FIX.4.4", "FIXT.1.1"];
const dictionaries = new Dictionaries();
const fields = new Fields();
const WRITTEN = new Set([8, 9, 35, 10]);

interface AnyMessage {
  readonly beginString: string;
  readonly msgType: string;
  readonly fields: FieldToEncode[];
  readonly bytes: Uint8Array;
}

function any(seed: number): AnyMessage {
  const random = seeded(seed);
  const beginString = oneOf(random, VERSIONS);
  const dictionary = dictionaries.find(beginString)!;
  const msgType = oneOf(random, dictionary.msgTypes());
  const message = { beginString, msgType, fields: anyMessage(dictionary, msgType, random) };
  return { ...message, bytes: encodeMessage(message) };
}

const latin1 = (value: string | Uint8Array) =>
  typeof value === "string" ? value : String.fromCharCode(...value);

Deno.test("a random message of any dictionary reads back as it was written, and nothing is wrong with it", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const { beginString, msgType, fields: written, bytes } = any(seed);
      assert.equal(scanFrame(bytes, 0, bytes.length), bytes.length);
      fields.read(bytes, 0, bytes.length);
      const read = Array.from(
        { length: fields.count },
        (_, at) => [fields.tags[at]!, fields.textAt(at)] as const,
      )
        .filter(([tag]) => !WRITTEN.has(tag));
      const byTag = (a: readonly [number, string], b: readonly [number, string]) => a[0] - b[0];
      const want = written.map(([tag, value]) => [tag, latin1(value)] as const);
      assert.deepEqual(read.toSorted(byTag), want.toSorted(byTag));
      const faults: Fault[] = [...fields.faults];
      checkMessage(fields, dictionaries.find(beginString)!, faults);
      assert.deepEqual(faults, [], `${beginString} ${msgType} ${latin1(bytes).replaceAll("\x01", "|")}`);
    }),
    { numRuns: 3_000 },
  );
});

/** Bytes changed, cut out, doubled or swapped: the ways a message breaks on its way. */
function mutated(bytes: Uint8Array, random: () => number): Uint8Array {
  const at = below(random, bytes.length);
  const length = 1 + below(random, 8);
  switch (below(random, 4)) {
    case 0: {
      const changed = bytes.slice();
      changed[at] = below(random, 256);
      return changed;
    }
    case 1:
      return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + length)]);
    case 2:
      return Uint8Array.from([...bytes.subarray(0, at + length), ...bytes.subarray(at)]);
    default:
      return Uint8Array.from([...bytes.subarray(at), ...bytes.subarray(0, at)]);
  }
}

Deno.test("no mutated message makes anything throw or hang, 100,000 of them", () => {
  const random = seeded(5);
  const faults: Fault[] = [];
  for (let message = 0; message < 1_000; message++) {
    const { bytes, beginString } = any(message);
    const framer = new StreamFramer();
    for (let mutation = 0; mutation < 100; mutation++) {
      const broken = mutated(bytes, random);
      for (const event of framer.read(broken)) assert(event.kind !== undefined);
      frameFaults(broken);
      if (broken.length === 0 || broken.at(-1) !== 1) continue;
      fields.read(broken, 0, broken.length);
      faults.length = 0;
      checkMessage(fields, dictionaries.find(beginString)!, faults);
    }
  }
});
