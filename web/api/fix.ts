/**
 * `POST /api/v1/fix/decode`: FIX messages or a log to checked fields, names, meanings and groups.
 *
 * @module
 */

import { z } from "zod";
import type { Decoding, Validation } from "../components/fix/message.ts";
import { BadRequestError, toProblemResponse } from "./problem.ts";
import { readQuery } from "./query.ts";

/** What may be decoded at once. Longer logs are for `fix:decode`, which reads files of any size. */
export const TEXT_BYTES_MAX = 1024 * 1024;
/** JSON writes a byte of SOH as six characters, a form as three. */
const BODY_BYTES_MAX = 6 * TEXT_BYTES_MAX;

const QUERY = z.strictObject({
  validation: z.enum(["strict", "lenient"], "must be strict or lenient").default("strict"),
});
const JSON_BODY = z.strictObject({ text: z.string() });

/** The request holds more than we take. */
export class TooLargeError extends Error {
  override readonly name = "TooLargeError";
}

export async function toDecodeResponse(request: Request): Promise<Response> {
  try {
    const { validation } = readQuery(QUERY, new URL(request.url).searchParams);
    const decoding = await decodeText(await readMessages(request), validation);
    return Response.json(decoding, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    if (!(error instanceof TooLargeError)) throw error;
    return toProblemResponse({ status: 413, title: "Too large", detail: error.message });
  }
}

/** @throws {TooLargeError} */
export async function decodeText(
  text: Uint8Array,
  validation: Validation,
  shownMax?: number,
): Promise<Decoding> {
  if (text.length > TEXT_BYTES_MAX) throw tooLarge();
  const { decodeLog } = await import("../fix/decoder.ts");
  return decodeLog(text, validation, shownMax);
}

/** @throws {TooLargeError} Before more than the limit is kept. */
export async function readBytes(request: Request, bytesMax = BODY_BYTES_MAX): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length")) > bytesMax) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > bytesMax) throw tooLarge();
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}

/** @throws {BadRequestError | TooLargeError} */
async function readMessages(request: Request): Promise<Uint8Array> {
  const type = (request.headers.get("content-type") ?? "text/plain").split(";")[0]!.trim().toLowerCase();
  if (type !== "application/json") {
    if (!["text/plain", "application/octet-stream"].includes(type)) {
      throw new BadRequestError(`the body must be text/plain or application/json, not ${type}`);
    }
    return await readBytes(request, TEXT_BYTES_MAX);
  }
  return new TextEncoder().encode(readText(new TextDecoder().decode(await readBytes(request))));
}

/** @throws {BadRequestError} */
function readText(json: string): string {
  let body: unknown;
  try {
    body = JSON.parse(json);
  } catch {
    throw new BadRequestError('the body is no JSON; {"text": "8=FIX.4.4|9=…"} is needed');
  }
  const read = JSON_BODY.safeParse(body);
  if (read.success) return read.data.text;
  throw new BadRequestError('the body must be {"text": "8=FIX.4.4|9=…"} and nothing else');
}

function tooLarge(): TooLargeError {
  return new TooLargeError(
    `Up to ${TEXT_BYTES_MAX} bytes are decoded at once; for longer logs run: deno task fix:decode FILE`,
  );
}
