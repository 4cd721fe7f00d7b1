/**
 * What can be wrong with a FIX message, under stable codes.
 *
 * @module
 */

import type { GarbledReason } from "./frame.ts";

/** Stable codes: dashboards and tests key on them, so add to this list and rename nothing. */
export type FaultCode =
  | GarbledReason
  | "invalid_tag"
  | "required_tag_missing"
  | "tag_not_defined_for_message"
  | "undefined_tag"
  | "tag_without_value"
  | "value_out_of_range"
  | "bad_format"
  | "data_length"
  | "comp_id"
  | "sending_time"
  | "invalid_msg_type"
  | "unsupported_msg_type"
  | "unsupported_version"
  | "tag_twice"
  | "tag_out_of_order"
  | "group_order"
  | "group_count"
  | "soh_in_value";

export interface Fault {
  readonly code: FaultCode;
  /** The field at fault, when it is one. */
  readonly tag?: number;
  /** Which of the message's fields is at fault, from 0, where one that stands there is. */
  readonly index?: number;
  /** What was wrong and what was seen. */
  readonly text: string;
}
