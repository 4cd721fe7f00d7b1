import assert from "node:assert/strict";
import { Dictionaries } from "../../shared/fix/mod.ts";
import { readOptions, UsageError } from "./arguments.ts";
import { run } from "./run.ts";
import { NO_COLOURS } from "./show.ts";

const HEADER = "49=A|56=B|34=2|52=20261123-14:30:05|";
const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** `9=` and `10=` of a message in bars, which stand for one byte each as SOH does. */
function sealed(body: string): string {
  const start = `8=FIX.4.4|9=${body.length}|${body}`;
  const sum = latin1(start.replaceAll("|", "\x01")).reduce((a, b) => (a + b) & 255, 0);
  return `${start}10=${String(sum).padStart(3, "0")}|`;
}

async function decode(log: string, ...args: string[]): Promise<{ isSound: boolean; lines: string[] }> {
  let text = "";
  const isSound = await run(
    (async function* () {
      yield await Promise.resolve(latin1(log));
    })(),
    readOptions(args),
    new Dictionaries(),
    NO_COLOURS,
    (part) => Promise.resolve(void (text += part)),
  );
  return { isSound, lines: text.split("\n").filter((line) => line !== "") };
}

Deno.test("run() writes a message as JSON", async () => {
  const message = sealed(`35=0|${HEADER}112=x|`);
  const { isSound, lines } = await decode(message, "--json");
  assert.equal(isSound, true);
  assert.deepEqual(JSON.parse(lines[0]!), {
    ok: true,
    beginString: "FIX.4.4",
    msgType: "0",
    msgName: "Heartbeat",
    fields: message.split("|").slice(0, -1).map((
      field,
    ) => [Number(field.split("=")[0]), field.split("=")[1]]),
    errors: [],
  });
});

Deno.test("run() writes a line without message as garbled", async () => {
  const { isSound, lines } = await decode("hello\n", "--json");
  assert.equal(isSound, false);
  const { ok, fields, errors } = JSON.parse(lines[0]!);
  assert.deepEqual([ok, fields, errors.map((error: { code: string }) => error.code)], [false, [], [
    "garbled",
  ]]);
});

Deno.test("run() names the field of a fault", async () => {
  const { lines } = await decode(sealed(`35=0|${HEADER}54=1|`), "--json");
  const [{ code, tag }] = JSON.parse(lines[0]!).errors;
  assert.deepEqual([code, tag], ["tag_not_defined_for_message", 54]);
});

const RESENT = HEADER.replace("34=2|", "34=2|43=Y|") + "122=20261123-14:30:06|";
const SESSIONS: { name: string; header: string; session: string; codes: string[] }[] = [
  { name: "a message between its sides", header: HEADER, session: "A,B", codes: [] },
  { name: "an answer", header: HEADER, session: "B,A", codes: [] },
  { name: "a stranger's message", header: HEADER, session: "X,B", codes: ["comp_id"] },
  { name: "a message between strangers", header: HEADER, session: "X,Y", codes: ["comp_id", "comp_id"] },
  { name: "a message that was first sent later", header: RESENT, session: "A,B", codes: ["sending_time"] },
];
for (const { name, header, session, codes } of SESSIONS) {
  Deno.test(`run() with --session ${session} finds in ${name}: ${codes.join(", ") || "nothing"}`, async () => {
    const { lines } = await decode(sealed(`35=0|${header}`), "--json", "--session", session);
    assert.deepEqual(JSON.parse(lines[0]!).errors.map(({ code }: { code: string }) => code), codes);
  });
}

Deno.test("run() shows names, meanings and groups to a person", async () => {
  const { lines } = await decode(
    sealed(`35=D|${HEADER}11=O|453=1|448=X|447=D|452=1|55=A|54=1|60=20261123-14:30:05|40=1|`),
  );
  assert(lines.includes("   54 Side = 1 BUY"), lines.join("\n"));
  assert(lines.includes("    448 PartyID = X"), lines.join("\n"));
});

const PAIR = sealed(`35=0|${HEADER}112=x|`) + "\n" + sealed(`35=1|${HEADER}|`) + "\n";
const FILTERS: { args: string[]; want: number }[] = [
  { args: ["--json"], want: 2 },
  { args: ["--json", "--type", "0"], want: 1 },
  { args: ["--json", "--tag", "112=x"], want: 1 },
  { args: ["--json", "--tag", "112=y"], want: 0 },
  { args: ["--json", "--errors-only"], want: 1 },
];
for (const { args, want } of FILTERS) {
  Deno.test(`run() with ${args.join(" ")} writes ${want} of two messages`, async () => {
    assert.equal((await decode(PAIR, ...args)).lines.length, want);
  });
}

Deno.test("run() sums up types, errors, sessions and gaps", async () => {
  const log = PAIR + sealed(`35=0|${HEADER.replace("34=2", "34=6")}`);
  const { lines } = await decode(log, "--summary");
  assert.equal(lines[0], "3 messages, 1 with errors; 0 lines without a message");
  assert(lines.some((line) => line.trim() === "gap: 3 to 5"), lines.join("\n"));
});

for (const args of [["--nonsense"], ["--tag", "x"], ["--session", "A"], ["a", "b"]]) {
  Deno.test(`readOptions() refuses ${args.join(" ")}`, () => {
    assert.throws(() => readOptions(args), UsageError);
  });
}
