/**
 * What a session answers to a fault: SessionRejectReason (373), or BusinessRejectReason (380).
 *
 * @module
 */

import type { FaultCode } from "./faults.ts";

const OTHER = 99;

/** The values of FIXT 1.1; a version before has the first of them. */
const SESSION_REJECT_REASONS: Readonly<Partial<Record<FaultCode, number>>> = {
  invalid_tag: 0,
  required_tag_missing: 1,
  tag_not_defined_for_message: 2,
  undefined_tag: 3,
  tag_without_value: 4,
  value_out_of_range: 5,
  bad_format: 6,
  data_length: 6,
  comp_id: 9,
  sending_time: 10,
  invalid_msg_type: 11,
  tag_twice: 13,
  tag_out_of_order: 14,
  group_order: 15,
  group_count: 16,
  soh_in_value: 17,
  unsupported_version: 18,
};

/** The highest value a version knows, and what stands for all it does not. */
const LIMITS: Readonly<Record<string, { max: number; other: number | undefined }>> = {
  "FIX.4.2": { max: 11, other: undefined },
  "FIX.4.4": { max: 17, other: OTHER },
  "FIXT.1.1": { max: 18, other: OTHER },
};

/**
 * The value of SessionRejectReason (373) in a Reject (3) of the version.
 *
 * @returns undefined for a garbled message, which is dropped and not answered, for what is answered by a
 * BusinessMessageReject (j), and for faults that the version has no value for.
 */
export function sessionRejectReason(code: FaultCode, beginString: string): number | undefined {
  const reason = SESSION_REJECT_REASONS[code];
  const limit = LIMITS[beginString];
  if (reason === undefined || limit === undefined) return undefined;
  return reason <= limit.max ? reason : limit.other;
}

/** BusinessRejectReason (380): a message of the standard that this side does not take. */
export function businessRejectReason(code: FaultCode): number | undefined {
  return code === "unsupported_msg_type" ? 3 : undefined;
}
