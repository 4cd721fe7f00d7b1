/**
 * FIX on the web: the decoder behind the inspector, and an order's chain, on a real database.
 *
 * @module
 */

import assert from "node:assert/strict";
import { encodeMessage } from "../shared/fix/mod.ts";
import { worldTest } from "./harness.ts";
import { booking, execution } from "./messages.ts";
import { startWeb, type Web, write } from "./web_world.ts";

interface Field {
  readonly tag: number;
  readonly name: string | null;
  readonly value: string;
  readonly meaning: string | null;
  readonly errors: readonly number[];
  readonly instances?: readonly (readonly Field[])[];
}

function toLog(message: Uint8Array): string {
  return new TextDecoder().decode(message).replaceAll("\x01", "|");
}

async function post(web: Web, body: BodyInit, type = "text/plain", query = "") {
  const address = `${web.url}/api/v1/fix/decode${query}`;
  const response = await fetch(address, { method: "POST", body, headers: { "content-type": type } });
  return { status: response.status, type: response.headers.get("content-type"), body: await response.json() };
}

const FIRST_PARTY: [number, string][] = [[448, "GSCO"], [447, "D"], [452, "1"]];
const SECOND_PARTY: [number, string][] = [[448, "DTCC"], [447, "D"], [452, "10"]];

worldTest(
  "POST /api/v1/fix/decode answers as fix:decode does, with names, meanings and groups",
  async (world) => {
    const web = await startWeb(world);
    const sound = execution();
    const log = `14:30:05 IN ${toLog(sound)}\r\nno message here\n${
      toLog(sound).replace("|54=1|", "|54=X|")
    }\n`;
    const { status, body } = await post(web, log);
    assert.equal(status, 200);
    const [first, rubbish, damaged] = body.items;
    assert.deepEqual(
      [
        first.line,
        first.ok,
        first.beginString,
        first.msgType,
        first.msgName,
        first.errors,
        first.pipeline.isTaken,
      ],
      [1, true, "FIX.4.4", "8", "ExecutionReport", [], true],
    );
    assert.deepEqual(first.fields.slice(0, 3).map(([tag]: [number]) => tag), [8, 9, 35]);
    assert.deepEqual(first.tree.map(({ name }: { name: string }) => name), ["header", "body", "trailer"]);
    const side = first.tree[1].fields.find(({ tag }: Field) => tag === 54);
    assert.deepEqual([side.name, side.value, side.meaning, side.errors], ["Side", "1", "Buy", []]);
    assert.deepEqual([rubbish.ok, rubbish.fields, rubbish.errors[0].code], [false, [], "garbled"]);

    assert.deepEqual(damaged.errors.map(({ code }: { code: string }) => code), [
      "checksum",
      "value_out_of_range",
    ]);
    const fields: Field[] = damaged.tree.flatMap((section: { fields: Field[] }) => section.fields);
    const marked = fields.filter(({ errors }) => errors.length > 0).map(({ tag, errors }) => [tag, errors]);
    assert.deepEqual(marked, [[54, [1]], [10, [0]]]);
    assert.equal(damaged.pipeline.isTaken, false);
    assert.deepEqual(body.summary, {
      messages: 2,
      faulty: 1,
      garbledLines: 1,
      byType: [{ msgType: "8", msgName: "ExecutionReport", count: 2 }],
      byError: [{ code: "garbled", count: 1 }, { code: "checksum", count: 1 }, {
        code: "value_out_of_range",
        count: 1,
      }],
    });
  },
);

worldTest(
  "POST /api/v1/fix/decode shows groups as a tree, and what they lack at their count",
  async (world) => {
    const web = await startWeb(world);
    const header: [number, string][] = [[49, "GSCO"], [56, "BREAKWATER"], [34, "7"], [
      52,
      "20261123-14:30:05.125",
    ]];
    const order: [number, string][] = [[11, "O-1"], [55, "AAPL"], [54, "1"], [60, "20261123-14:30:05"], [
      38,
      "1",
    ], [40, "1"]];
    const message = (parties: [number, string][]) =>
      encodeMessage({ beginString: "FIX.4.4", msgType: "D", fields: [...header, ...parties, ...order] });
    const groupOf = async (parties: [number, string][]) => {
      const { body } = await post(web, toLog(message(parties)));
      const [item] = body.items;
      return { item, group: item.tree[1].fields.find(({ tag }: Field) => tag === 453) as Field };
    };

    const sound = await groupOf([[453, "2"], ...FIRST_PARTY, ...SECOND_PARTY]);
    assert.deepEqual(sound.item.errors, []);
    assert.deepEqual(
      sound.group.instances!.map((instance) => instance.map(({ value }) => value)),
      [["GSCO", "D", "1"], ["DTCC", "D", "10"]],
    );
    assert.equal(sound.group.instances![1]![2]!.meaning, "Settlement location");
    const short = await groupOf([[453, "2"], ...FIRST_PARTY]);
    assert.deepEqual(short.item.errors.map(({ code, tag }: { code: string; tag: number }) => [code, tag]), [
      ["group_count", 453],
    ]);
    assert.deepEqual(short.group.errors, [0]);
  },
);

worldTest("POST /api/v1/fix/decode takes JSON, and lenient fractions where it is told to", async (world) => {
  const web = await startWeb(world);
  const text = toLog(execution({ 60: "20261123-14:30:05.100200" }));
  const json = JSON.stringify({ text });
  const codes = async (query: string) =>
    (await post(web, json, "application/json", query)).body.items[0].errors.map((
      { code }: { code: string },
    ) => code);
  assert.deepEqual(await codes(""), ["bad_format"]);
  assert.deepEqual(await codes("?validation=strict"), ["bad_format"]);
  assert.deepEqual(await codes("?validation=lenient"), []);
});

worldTest("POST /api/v1/fix/decode refuses what it does not take, and says why", async (world) => {
  const web = await startWeb(world);
  const CASES: [body: BodyInit, type: string, query: string, status: number, detail: RegExp][] = [
    ["x".repeat(1024 * 1024 + 1), "text/plain", "", 413, /Up to 1048576 bytes.*fix:decode/],
    [JSON.stringify({ text: "x".repeat(1024 * 1024 + 1) }), "application/json", "", 413, /Up to 1048576/],
    ["{", "application/json", "", 400, /no JSON/],
    ['{"text": 8}', "application/json", "", 400, /must be \{"text"/],
    ["<fix/>", "application/xml", "", 400, /text\/plain or application\/json/],
    ["x", "text/plain", "?validation=loose", 400, /strict or lenient/],
    ["x", "text/plain", "?mode=strict", 400, /no parameter mode/],
  ];
  for (const [body, type, query, status, detail] of CASES) {
    const answer = await post(web, body, type, query);
    assert.deepEqual([answer.status, answer.type, answer.body.status], [
      status,
      "application/problem+json",
      status,
    ]);
    assert.match(answer.body.detail, detail);
  }
});

worldTest("POST /api/v1/fix/decode stays quick whatever it is sent", async (world) => {
  const web = await startWeb(world);
  const MEBIBYTE = 1024 * 1024;
  const fill = (piece: string, start = "") =>
    (start + piece.repeat(MEBIBYTE / piece.length)).slice(0, MEBIBYTE);
  for (
    const text of [
      fill("8=FIX"),
      fill("8=FIX.4.4|"),
      fill("1=|", "8=FIX.4.4|9=5|35=D|"),
      fill("453=9|448=A|", "8=FIX.4.4|9=5|35=D|"),
    ]
  ) {
    const startedMs = performance.now();
    const { status, body } = await post(web, text);
    const tookMs = performance.now() - startedMs;
    assert.equal(status, 200);
    assert(body.items.length <= 500);
    assert(tookMs < 5_000, `${text.slice(0, 40)}… took ${tookMs} ms`);
  }
});

worldTest("/fix answers a form without a script, and compares two messages", async (world) => {
  const web = await startWeb(world);
  const send = (form: [string, string][]) =>
    fetch(`${web.url}/fix`, { method: "POST", body: new URLSearchParams(form) });
  const text = `${toLog(execution())}\n${toLog(execution({ 17: "E-2", 31: "271.40", 6: "271.40" }))}`;
  const html = await (await send([["text", text], ["compare", "0"], ["compare", "1"]])).text();
  assert.match(html, /2 messages, all sound/);
  assert.match(html, /3 fields differ/);
  assert.match(html, /<textarea[^>]*>8=FIX\.4\.4\|/);
  const faulty = await (await send([["text", text.replace("|54=1|", "|54=X|")]])).text();
  assert.match(faulty, /2 messages, 1 with faults/);
  assert.match(faulty, /href="#m0-field-\d+"[^>]*>To field 54/);
  const large = await send([["text", "8".repeat(1024 * 1024 + 1)]]);
  assert.equal(large.status, 413);
  assert.match(await large.text(), /role="alert">Up to 1048576 bytes/);
  assert.match(await (await web.get("/fix?example=1")).text(), /3 messages, 1 with faults/);
  assert.match(await (await web.get("/fix")).text(), /Try an example/);
});

const REPLACE: Record<number, string> = {
  37: "",
  17: "",
  150: "",
  39: "",
  32: "",
  31: "",
  151: "",
  14: "",
  6: "",
  75: "",
  64: "",
};
const OURS = { ...REPLACE, 49: "BREAKWATER", 56: "GSCO", 21: "1", 40: "2" };
const at = (time: string) => ({ 52: `20261123-${time}`, 60: `20261123-${time}` });
const NO_TRADE = { 32: "", 31: "", 75: "", 64: "" };

/** An order for 100, changed to 80, half of which is filled before the rest is cancelled. */
const CHAIN = [
  execution({ ...OURS, ...at("14:30:00.000"), 34: "1", 11: "O-1" }, "D"),
  execution({
    ...NO_TRADE,
    ...at("14:30:00.010"),
    34: "1",
    11: "O-1",
    17: "A-1",
    150: "0",
    39: "0",
    14: "0",
    151: "100",
    6: "0",
  }),
  execution({ ...OURS, ...at("14:30:01.000"), 34: "2", 11: "O-1-B", 41: "O-1", 38: "80" }, "G"),
  execution({
    ...NO_TRADE,
    ...at("14:30:01.010"),
    34: "2",
    11: "O-1-B",
    41: "O-1",
    17: "A-2",
    150: "5",
    39: "0",
    38: "80",
    14: "0",
    151: "80",
    6: "0",
  }),
  execution({
    ...at("14:30:02.000"),
    34: "3",
    11: "O-1-B",
    17: "E-1",
    150: "F",
    39: "1",
    38: "80",
    32: "40",
    14: "40",
    151: "40",
  }),
  execution({
    ...OURS,
    ...at("14:30:03.000"),
    34: "3",
    11: "O-1-C",
    41: "O-1-B",
    40: "",
    44: "",
    21: "",
    15: "",
  }, "F"),
  execution({
    ...NO_TRADE,
    ...at("14:30:03.010"),
    34: "4",
    11: "O-1-C",
    41: "O-1-B",
    17: "A-3",
    150: "4",
    39: "4",
    38: "80",
    14: "40",
    151: "0",
  }),
];

worldTest(
  "GET /api/v1/orders/{id} tells an order's chain with the state after each message",
  async (world) => {
    const other = execution({ 11: "O-2", 17: "E-9", 49: "CITI" });
    const [first, ...rest] = CHAIN;
    await write(world, [booking({ quantity: "50" })], [...rest.reverse(), other, first!]);
    const web = await startWeb(world);
    for (const id of ["O-1", "O-1-B", "O-1-C"]) {
      const order = await web.json(`/api/v1/orders/${id}`);
      assert.deepEqual([order.order_id, order.chain], ["O-1", ["O-1", "O-1-B", "O-1-C"]]);
      assert.deepEqual(
        order.messages.map(({ direction, msg_type, did, state }: StoryRow) => [
          direction,
          msg_type,
          did,
          state && [state.meaning, state.cum_qty, state.leaves_qty],
        ]),
        [
          ["ours", "D", "New order: buy 100 AAPL limit 271.5", ["Pending new", "0", "100"]],
          ["broker", "8", "Acknowledges the order", ["New", "0", "100"]],
          ["ours", "G", "Asks for other terms: buy 80 AAPL limit 271.5", ["New", "0", "100"]],
          ["broker", "8", "Replaced", ["New", "0", "80"]],
          ["broker", "8", "Fills 40 at 271.5", ["Partially filled", "40", "40"]],
          ["ours", "F", "Asks to cancel", ["Partially filled", "40", "40"]],
          ["broker", "8", "Cancelled", ["Canceled", "40", "0"]],
        ],
      );
      assert.deepEqual([order.ord_status, order.cum_qty, order.limit_price], ["4", "40", "271.50"]);
    }
    const order = await web.json("/api/v1/orders/O-1");
    assert.deepEqual(
      order.executions.map((row: Record<string, string>) => [row.exec_id, row.trade_id, row.trade_status]),
      [["E-1", "T-1", "break"]],
    );
    assert.deepEqual(order.breaks.map(({ type }: { type: string }) => type), ["quantity"]);
    const missing = await web.get("/api/v1/orders/O-nope");
    assert.deepEqual([missing.status, missing.headers.get("content-type")], [
      404,
      "application/problem+json",
    ]);

    const html = await (await web.get("/orders/O-1-B")).text();
    assert.match(html, /Order O-1<\/h1>/);
    assert.match(html, /href="\/trades\/T-1"/);
    assert.match(html, /Fills 40 at 271\.5/);
    assert.equal((await web.get("/orders/O-nope")).status, 404);
    assert.match(await (await web.get("/fix?order=O-1")).text(), /7 messages/);

    const trade = await (await web.get("/trades/T-1")).text();
    assert.match(trade, /FIX messages of the executions/);
    assert.match(trade, /Partially filled/);
    assert.match(trade, /href="\/orders\/O-1"/);
  },
);

interface StoryRow {
  readonly direction: string;
  readonly msg_type: string;
  readonly did: string;
  readonly state: { meaning: string; cum_qty: string; leaves_qty: string } | null;
}
