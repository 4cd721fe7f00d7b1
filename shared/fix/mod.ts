/**
 * FIX messages: bytes to checked fields and back. Knows nothing of trades.
 *
 * @module
 */

export { encodeFrame, encodeMessage, type FieldToEncode, type MessageToEncode } from "./encode.ts";
export type { Fault, FaultCode } from "./faults.ts";
export { Fields } from "./fields.ts";
export { frameFaults } from "./frame_faults.ts";
export {
  type FrameResult,
  type GarbledReason,
  garbledReason,
  PARTIAL,
  readFrame,
  scanFrame,
} from "./frame.ts";
export { FieldError, readCount, readDate, readDecimal, readTimestamp } from "./values.ts";
