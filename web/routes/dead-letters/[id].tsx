/**
 * `/dead-letters/:id`: one record that was set aside, decoded as far as it can be, and its bytes.
 *
 * @module
 */

import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { loadLetter } from "../../api/dead_letters.ts";
import { toHexRows } from "../../components/dead_letters/hex.ts";
import { toPretty } from "../../components/dead_letters/pretty.ts";
import { Facts } from "../../components/facts.tsx";
import { MessageItem } from "../../components/fix/MessageItem.tsx";
import { Instant, Status } from "../../components/tables.tsx";
import { define } from "../../define.ts";
import { formatCount, formatName } from "../../../shared/kpi/mod.ts";

/** What is shown of a value; the API has all of it. */
const TEXT_BYTES_MAX = 64 * 1024;
const HEX_BYTES_MAX = 4 * 1024;

export const handler = define.handlers({
  GET: async ({ params, state: { store } }) => {
    const found = await loadLetter(store, params.id ?? "");
    if (found === null) throw new HttpError(404, `There is no dead letter ${params.id}.`);
    const { value, ...letter } = found;
    const bytes = value ?? new Uint8Array();
    return page({ letter, ...await decode(bytes.subarray(0, TEXT_BYTES_MAX)), bytes }, {
      headers: { "cache-control": "no-store" },
    });
  },
});

/** Told by the bytes: whoever writes to the wrong topic is to see that, too. */
async function decode(bytes: Uint8Array) {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
  if (/8=FIX|35=/.test(head)) {
    const { decodeStored } = await import("../../fix/decoder.ts");
    return { fix: decodeStored(bytes), json: null };
  }
  const text = new TextDecoder().decode(bytes);
  return { fix: null, json: /^\s*[{["\d]/.test(text) ? toPretty(text) : null };
}

export default define.page<typeof handler>(({ data: { letter, fix, json, bytes } }) => (
  <div class="page">
    <Head>
      <title>{`Dead letter ${letter.id} · Breakwater`}</title>
      <link rel="stylesheet" href={asset("/fix.css")} />
      <link rel="stylesheet" href={asset("/breaks.css")} />
    </Head>
    <h1>Dead letter {letter.id}</h1>
    <p>
      <a href="/dead-letters">All dead letters</a>
    </p>
    <div class="card letter-reason">
      <p>
        <b>{formatName(letter.code)}</b> <code>{letter.code}</code>
      </p>
      <p class="said">{letter.text}</p>
    </div>
    <div class="card">
      <Facts
        facts={[
          ["Topic", letter.topic],
          ["Partition", letter.partition],
          ["Offset", letter.offset],
          ["Key", letter.key ?? "none"],
          ["Bytes", letter.size === null ? "none: a tombstone" : formatCount(letter.size)],
          ["Set aside", <Instant key="at" at={letter.recorded_at} isDated />],
          ["State", <Status key="state" status={letter.status} />],
        ]}
      />
    </div>
    {fix && (
      <>
        <h2>As FIX</h2>
        <div class="card">
          <MessageItem message={fix} id="m0" isOpen />
        </div>
      </>
    )}
    {json !== null && (
      <>
        <h2>As JSON</h2>
        <pre class="card bytes" tabIndex={0} role="region" aria-label="JSON">{json}</pre>
      </>
    )}
    {bytes.length > 0 && (
      <>
        <h2>Bytes</h2>
        <pre class="card bytes" tabIndex={0} role="region" aria-label="Bytes">
          {toHexRows(bytes.subarray(0, HEX_BYTES_MAX)).map(({ at, hex, text }) => `${at}  ${hex}  ${text}\n`)}
        </pre>
        {bytes.length > HEX_BYTES_MAX && (
          <p class="note">
            The first {formatCount(HEX_BYTES_MAX)} of {formatCount(bytes.length)}. All of them:{" "}
            <a href={`/api/v1/dead-letters/${letter.id}`}>/api/v1/dead-letters/{letter.id}</a>, in base64.
          </p>
        )}
      </>
    )}
  </div>
));
