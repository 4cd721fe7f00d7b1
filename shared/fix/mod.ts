/**
 * FIX messages: bytes to checked fields and back. Knows nothing of trades.
 *
 * @module
 */

export { encodeFrame, encodeMessage, type FieldToEncode, type MessageToEncode } from "./encode.ts";
export { FieldError } from "./values.ts";
