import assert from "node:assert/strict";
import fc from "fast-check";
import { fix, framed } from "../fix/testdata/fix.ts";
import { readStreet } from "./read_street.ts";
import { accepted as read, FILL, HEADER, ORDER, rejectedCode as code, REPORT_42 } from "./testdata/street.ts";

Deno.test("readStreet() reads a fill of FIX 4.4", () => {
  const { header, execution, order, faults } = read(framed(FILL));
  assert.deepEqual(header, {
    beginString: "FIX.4.4",
    msgType: "8",
    senderCompId: "GSCO",
    targetCompId: "BREAKWATER",
    msgSeqNum: 7,
    sendingTime: "2026-11-23T14:30:05.125000Z",
    clOrdId: "O-1",
    origClOrdId: null,
    orderId: "B1",
    execId: "E-1",
  });
  assert.deepEqual(execution, {
    broker: "GSCO",
    tradeDate: "2026-11-23",
    tradeDateStated: true,
    execId: "E-1",
    kind: "trade",
    execRefId: null,
    clOrdId: "O-1",
    orderId: "B1",
    instrument: "AAPL",
    side: "buy",
    quantity: "100",
    price: "189.95",
    currency: "USD",
    counterparty: "Goldman Sachs",
    settlementDate: "2026-11-24",
    transactTime: "2026-11-23T14:30:05.120000Z",
  });
  assert.deepEqual(order, {
    orderId: "O-1",
    brokerOrderId: "B1",
    ordStatus: "2",
    instrument: "AAPL",
    side: "buy",
    orderQty: "100",
    limitPrice: "190",
    cumQty: "100",
    leavesQty: "0",
    avgPx: "189.95",
    counterparty: "Goldman Sachs",
    transactTime: "2026-11-23T14:30:05.120000Z",
    msgSeqNum: 7,
  });
  assert.deepEqual(faults, []);
});

Deno.test("readStreet() reads the fund's own order as pending new at the broker it went to", () => {
  const { execution, order } = read(framed(ORDER));
  assert.equal(execution, null);
  assert.equal(order?.ordStatus, "A");
  assert.equal(order?.counterparty, "Goldman Sachs");
  assert.equal(order?.leavesQty, "100");
});

Deno.test("readStreet() keeps a heartbeat as a message only", () => {
  const { header, execution, order } = read(framed(`35=0|${HEADER}`));
  assert.deepEqual([header.msgType, execution, order], ["0", null, null]);
});

const KINDS: { name: string; body: string; version?: string; want: string | null }[] = [
  { name: "150=F as a trade", body: FILL, want: "trade" },
  { name: "150=G as a correction", body: FILL.replace("150=F", "150=G|19=E-0"), want: "correct" },
  { name: "150=H as a bust", body: FILL.replace("150=F", "150=H|19=E-0"), want: "cancel" },
  {
    name: "a bust without price",
    body: FILL.replace("150=F", "150=H|19=E-0").replace("32=100|31=189.95|", ""),
    want: "cancel",
  },
  { name: "150=0 as none", body: FILL.replace("150=F", "150=0"), want: null },
  { name: "150=I as none", body: FILL.replace("150=F", "150=I").replace("17=E-1", "17=0"), want: null },
  { name: "ExecID 0 as none", body: FILL.replace("17=E-1", "17=0"), want: null },
  {
    name: "a report of our own as none",
    body: FILL.replace("49=GSCO|56=BREAKWATER", "49=BREAKWATER|56=GSCO"),
    want: null,
  },
  { name: "a fill of 4.2", body: REPORT_42, version: "FIX.4.2", want: "trade" },
  {
    name: "a partial fill of 4.2",
    body: REPORT_42.replace("150=2", "150=1"),
    version: "FIX.4.2",
    want: "trade",
  },
  {
    name: "a bust of 4.2",
    body: REPORT_42.replace("20=0", "20=1|19=E-0"),
    version: "FIX.4.2",
    want: "cancel",
  },
  {
    name: "a correction of 4.2",
    body: REPORT_42.replace("20=0", "20=2|19=E-0"),
    version: "FIX.4.2",
    want: "correct",
  },
  {
    name: "a status report of 4.2 as none",
    body: REPORT_42.replace("20=0", "20=3"),
    version: "FIX.4.2",
    want: null,
  },
];
for (const { name, body, version, want } of KINDS) {
  Deno.test(`readStreet() reads ${name}`, () => {
    assert.equal(read(framed(body, version)).execution?.kind ?? null, want);
  });
}

const BROKERS: { name: string; body: string; want: string }[] = [
  { name: "the sender", body: FILL, want: "GSCO" },
  {
    name: "the executing firm",
    body: FILL + "453=2|448=DESK|447=D|452=12|448=JPMS|447=D|452=1|",
    want: "JPMS",
  },
  {
    name: "the firm on whose behalf",
    body: FILL.replace("34=7|", "34=7|115=CITI|") + "453=1|448=JPMS|447=D|452=1|",
    want: "CITI",
  },
  { name: "the sender when no party executes", body: FILL + "453=1|448=DESK|447=D|452=12|", want: "GSCO" },
];
for (const { name, body, want } of BROKERS) {
  Deno.test(`readStreet() takes ${name} for the broker`, () => {
    assert.equal(read(framed(body)).execution?.broker, want);
  });
}

Deno.test("readStreet() takes SendingTime where a report has no TransactTime, which FIX does not require", () => {
  const body = FILL.replace(/60=[^|]+\|/, "");
  assert(!body.includes("|60="));
  const { header, execution, order } = read(framed(body));
  assert.equal(execution?.transactTime, header.sendingTime);
  assert.equal(order?.transactTime, header.sendingTime);
});

Deno.test("readStreet() takes the day of TransactTime where TradeDate is absent", () => {
  const { execution } = read(framed(FILL.replace("75=20261123|", "")));
  assert.deepEqual([execution?.tradeDate, execution?.tradeDateStated], ["2026-11-23", false]);
});

Deno.test("readStreet() takes the SecurityID where the symbol says there is none", () => {
  const { execution } = read(framed(FILL.replace("55=AAPL", "55=[N/A]|48=US912810TM09|22=4")));
  assert.equal(execution?.instrument, "US912810TM09");
});

const long = "x".repeat(300);
const REJECTED: { name: string; value: Uint8Array; code: string }[] = [
  { name: "no bytes", value: fix(""), code: "garbled" },
  { name: "text", value: fix("hello"), code: "garbled" },
  { name: "JSON", value: fix('{"trade_id":"T-1"}'), code: "garbled" },
  { name: "another protocol", value: fix("8=FOX.4.4|9=5|35=0|10=169|"), code: "begin_string" },
  { name: "a wrong length", value: fix("8=FIX.4.4|9=6|35=0|10=164|"), code: "body_length" },
  { name: "no length", value: fix("8=FIX.4.4|35=0|10=164|"), code: "body_length" },
  { name: "a wrong checksum", value: fix("8=FIX.4.4|9=5|35=0|10=164|"), code: "checksum" },
  { name: "35 before 9", value: fix("8=FIX.4.4|35=0|9=5|10=163|"), code: "header_order" },
  { name: "FIX 4.0", value: framed(FILL, "FIX.4.0"), code: "unsupported_version" },
  { name: "no sender", value: framed(FILL.replace("49=GSCO|", "")), code: "required_tag_missing" },
  { name: "no side", value: framed(FILL.replace("54=1|", "")), code: "required_tag_missing" },
  { name: "no price in a fill", value: framed(FILL.replace("31=189.95|", "")), code: "required_tag_missing" },
  {
    name: "a correction of nothing",
    value: framed(FILL.replace("150=F", "150=G")),
    code: "required_tag_missing",
  },
  {
    name: "a side that is none",
    value: framed(FILL.replace("54=1", "54=8")),
    code: "value_out_of_range",
  },
  {
    name: "a price of zero",
    value: framed(FILL.replace("31=189.95", "31=0.00")),
    code: "value_out_of_range",
  },
  { name: "a negative quantity", value: framed(FILL.replace("32=100", "32=-1")), code: "value_out_of_range" },
  {
    name: "a price that is no number",
    value: framed(FILL.replace("31=189.95", "31=1e5")),
    code: "bad_format",
  },
  {
    name: "a price of nine decimals",
    value: framed(FILL.replace("31=189.95", "31=0.123456789")),
    code: "bad_format",
  },
  {
    name: "a day that is none",
    value: framed(FILL.replace("75=20261123", "75=20261131")),
    code: "bad_format",
  },
  {
    name: "an ExecID that no key can hold",
    value: framed(FILL.replace("17=E-1", `17=${long}`)),
    code: "bad_format",
  },
  { name: "a NUL byte", value: framed(FILL.replace("17=E-1", "17=E\0")), code: "bad_format" },
  { name: "a tag twice", value: framed(FILL + "31=190|"), code: "tag_twice" },
  { name: "a tag without value", value: framed(FILL + "58=|"), code: "tag_without_value" },
  { name: "a tag that is no number", value: framed(FILL + "x=1|"), code: "invalid_tag" },
  { name: "a fill of 4.2 in 4.4", value: framed(FILL.replace("150=F", "150=2")), code: "value_out_of_range" },
];
for (const { name, value, code: want } of REJECTED) {
  Deno.test(`readStreet() rejects ${name}`, () => assert.equal(code(value), want));
}

const text = (value: Uint8Array) => new TextDecoder("latin1").decode(value);
Deno.test("readStreet() rejects a second message in one record rather than lose it", () => {
  const two = new Uint8Array([...framed(FILL), ...framed(FILL.replace("17=E-1", "17=E-2"))]);
  for (const validation of ["strict", "lenient"] as const) assert.equal(code(two, validation), "garbled");
  assert.equal(code(fix(`8=FIX.4.4|${FILL}8=FIX.4.4|${FILL}`), "lenient"), "garbled");
});

Deno.test("readStreet() never throws on mutated messages", () => {
  const anyChanges = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.constantFrom(FILL, REPORT_42, ORDER), anyChanges, fc.boolean(), (body, changes, frame) => {
      const bytes = frame ? framed(body) : fix(body);
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      for (const value of [bytes, framed(text(bytes))]) {
        for (const validation of ["strict", "lenient"] as const) {
          const result = readStreet(value, validation);
          assert.doesNotMatch(JSON.stringify(result), /\\u0000/);
        }
      }
    }),
    { numRuns: 3_000 },
  );
});

Deno.test("readStreet() never throws on any bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      readStreet(bytes, "strict");
      readStreet(bytes, "lenient");
    }),
    { numRuns: 3_000 },
  );
});
