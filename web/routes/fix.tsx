/**
 * `/fix`: paste a message or a log, see it decoded and checked. `?example=1` and `?order=O-1` bring text with them.
 *
 * @module
 */

import { type Context, HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { decodeText, readBytes, TooLargeError } from "../api/fix.ts";
import { define, type State } from "../define.ts";
import FixInspector from "../islands/FixInspector.tsx";
import type { Validation } from "../components/fix/message.ts";

/** A form sends a byte of SOH as three. */
const FORM_BYTES_MAX = 3 * 1024 * 1024 + 1_024;

export const handler = define.handlers({
  GET: async (ctx) => await answer(await readSource(ctx), "strict"),
  POST: async ({ req }) => {
    const type = req.headers.get("content-type") ?? "";
    if (!type.startsWith("application/x-www-form-urlencoded")) throw new HttpError(415, "Send the form.");
    try {
      const form = new URLSearchParams(new TextDecoder().decode(await readBytes(req, FORM_BYTES_MAX)));
      const validation = form.get("validation") === "lenient" ? "lenient" : "strict";
      const picked = form.getAll("compare").filter((place) => /^\d{1,3}$/.test(place)).map(Number).slice(
        0,
        2,
      );
      return await answer(form.get("text") ?? "", validation, picked);
    } catch (error) {
      if (error instanceof TooLargeError) return tooLarge(error, "strict");
      throw error;
    }
  },
});

export default define.page<typeof handler>(({ data }) => (
  <div class="page">
    <Head>
      <title>FIX inspector · Breakwater</title>
      <link rel="stylesheet" href={asset("/fix.css")} />
    </Head>
    <h1>FIX inspector</h1>
    <FixInspector {...data} />
  </div>
));

async function answer(text: string, validation: Validation, picked: readonly number[] = []) {
  if (text.trim() === "") return page({ text, validation, decoding: null, picked: [], problem: null });
  try {
    const decoding = await decodeText(new TextEncoder().encode(text), validation, PAGE_MESSAGES_MAX);
    return page({ text, validation, decoding, picked, problem: null });
  } catch (error) {
    if (error instanceof TooLargeError) return tooLarge(error, validation);
    throw error;
  }
}

/** The page carries every message twice, as HTML and as data. */
const PAGE_MESSAGES_MAX = 100;

function tooLarge(error: TooLargeError, validation: Validation) {
  const data = { text: "", validation, decoding: null, picked: [], problem: `${error.message}.` };
  return page(data, { status: 413 });
}

/** The text that the address asks for. */
async function readSource({ url, state: { store } }: Context<State>): Promise<string> {
  if (url.searchParams.has("example")) return (await import("../fix/example.ts")).toExample();
  const orderId = url.searchParams.get("order");
  if (!orderId || orderId.includes("\0")) return "";
  const order = await store.order(orderId);
  if (order === null) throw new HttpError(404, `There is no order ${orderId}.`);
  return order.messages.map(({ raw }) => toText(raw)).join("\n");
}

/** Values may be in any encoding; nearly all are ASCII. */
function toText(raw: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(raw);
  } catch (error) {
    if (error instanceof TypeError) return new TextDecoder("latin1").decode(raw);
    throw error;
  }
}
