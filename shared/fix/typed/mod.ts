/**
 * The messages the flow works with, as types: read from fields, and written for a version.
 *
 * @module
 */

import type { Dictionary, MessageDefinition } from "../dictionary.ts";
import { encodeMessage } from "../encode.ts";
import type { Fields } from "../fields.ts";
import { View } from "../group_view.ts";
import { FieldError } from "../values.ts";
import { HEADER } from "./blocks.ts";
import { ORDER_MESSAGES } from "./order_messages.ts";
import { POST_TRADE_MESSAGES } from "./post_trade_messages.ts";
import { readValue, type Schema, toFields, type ValueOf } from "./schema.ts";
import { SESSION_MESSAGES } from "./session_messages.ts";

export const MESSAGES = { ...SESSION_MESSAGES, ...ORDER_MESSAGES, ...POST_TRADE_MESSAGES } as const;

export type MessageName = keyof typeof MESSAGES;
export type Header = ValueOf<typeof HEADER>;
export type Body<Name extends MessageName> = ValueOf<(typeof MESSAGES)[Name]["body"]>;

export interface TypedMessage<Name extends MessageName = MessageName> {
  readonly name: Name;
  readonly header: Header;
  readonly body: Body<Name>;
}

const NAME_BY_MSG_TYPE: ReadonlyMap<string, MessageName> = new Map(
  Object.entries(MESSAGES).map(([name, { msgType }]) => [msgType, name as MessageName]),
);

/** The name under which a MsgType (35) is typed; undefined for the rest, which is reached by tag. */
export function messageName(msgType: string): MessageName | undefined {
  return NAME_BY_MSG_TYPE.get(msgType);
}

/**
 * @param fields A message that `checkMessage` has seen.
 * @throws {FieldError} If the fields are another message, one is missing that it needs, or one cannot be read.
 */
export function readTyped<Name extends MessageName>(
  name: Name,
  fields: Fields,
  definition: MessageDefinition,
): TypedMessage<Name> {
  const { msgType, body } = MESSAGES[name];
  if (definition.msgType !== msgType) throw new FieldError(35, definition.msgType, `is no ${name}`);
  const view = new View(fields, definition);
  return { name, header: readValue(HEADER, view), body: readValue(body as Schema, view) as Body<Name> };
}

/** @throws {FieldError} If the version does not have the message, or a value cannot be written. */
export function encodeTyped<Name extends MessageName>(
  { name, header, body }: TypedMessage<Name>,
  beginString: string,
  dictionary: Dictionary,
): Uint8Array {
  const schema: Schema = MESSAGES[name].body;
  const { msgType } = MESSAGES[name];
  const definition = dictionary.message(msgType);
  if (definition === undefined) throw new FieldError(35, msgType, `is no message of ${dictionary.version}`);
  return encodeMessage({
    beginString,
    msgType,
    fields: [
      ...toFields(HEADER, header, definition),
      ...toFields(schema, body as ValueOf<Schema>, definition),
    ],
  });
}
