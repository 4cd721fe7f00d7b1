/**
 * Reads what a request says in its body, with every fault in one text.
 *
 * @module
 */

import type { z } from "zod";
import { BadRequestError } from "./problem.ts";

/** @throws {BadRequestError} If it is too large, no JSON, or not of this shape. */
export async function readBody<S extends z.ZodType>(
  request: Request,
  schema: S,
  { bytesMax, example }: { readonly bytesMax: number; readonly example: string },
): Promise<z.output<S>> {
  const text = await request.text();
  if (text.length > bytesMax) throw new BadRequestError(`the body is larger than ${bytesMax} bytes`);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new BadRequestError(`the body is no JSON; at least ${example} is needed`);
  }
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  throw new BadRequestError(
    read.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`.trim()).join("; "),
  );
}
