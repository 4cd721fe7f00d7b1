/**
 * A decoded message as the server sends it to be shown: what `fix:decode --json` prints, and a tree of its fields
 * with names, meanings and the faults of each.
 *
 * @module
 */

export interface ShownFault {
  readonly code: string;
  readonly tag?: number;
  /** Its field's place among the message's. */
  readonly index?: number;
  readonly text: string;
}

export interface ShownField {
  /** Its place among the message's fields; null: the field is missing. */
  readonly at: number | null;
  readonly tag: number;
  readonly name: string | null;
  readonly value: string;
  /** What the value means, where the dictionary lists its values. */
  readonly meaning: string | null;
  /** Places in the message's errors. */
  readonly errors: readonly number[];
  /** Of a field that counts a group: its instances. */
  readonly instances?: readonly (readonly ShownField[])[];
}

export interface ShownSection {
  readonly name: "header" | "body" | "trailer";
  readonly fields: readonly ShownField[];
}

/** What the pipeline does with the message: takes it, with faults that it notes, or sets it aside. */
export interface Verdict {
  readonly isTaken: boolean;
  readonly code?: string;
  readonly text?: string;
}

export interface ShownMessage {
  /** In the text it was read from, from 1; 0: it was stored by itself. */
  readonly line: number;
  readonly ok: boolean;
  readonly beginString: string;
  readonly msgType: string;
  readonly msgName: string;
  /** Values as Latin-1 text, in the message's order. */
  readonly fields: readonly (readonly [tag: number, value: string])[];
  readonly errors: readonly ShownFault[];
  /** Empty for a line that holds no message. */
  readonly tree: readonly ShownSection[];
  /** Null for a line that holds no message. */
  readonly pipeline: Verdict | null;
}

export type Validation = "strict" | "lenient";

export interface Decoding {
  readonly validation: Validation;
  readonly items: readonly ShownMessage[];
  readonly summary: {
    readonly messages: number;
    /** Messages with faults. */
    readonly faulty: number;
    /** Lines that are not empty and hold no message. */
    readonly garbledLines: number;
    readonly byType: readonly { msgType: string; msgName: string; count: number }[];
    readonly byError: readonly { code: string; count: number }[];
  };
  /** Messages beyond the limit: they count in the summary and are not among the items. */
  readonly omitted: number;
  /** There are so many that the rest was not even counted. */
  readonly isCut: boolean;
}

/** The first value of a tag, or undefined. */
export function valueOf({ fields }: Pick<ShownMessage, "fields">, tag: number): string | undefined {
  return fields.find(([other]) => other === tag)?.[1];
}

/** What a message is called for a person: `ExecutionReport (8)`. */
export function titleOf({ msgName, msgType, tree }: ShownMessage): string {
  if (tree.length === 0) return "No message";
  if (msgType === "") return "Message without a type";
  return msgName === "" ? `Unknown message (${printable(msgType)})` : `${msgName} (${msgType})`;
}

/** Control characters would vanish on a page. */
export function printable(text: string): string {
  return text.replace(
    /\p{Cc}/gu,
    (char) => char === "\x01" ? "|" : `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

/** The place of a message's field in a page with several messages, to link to. */
export function anchorOf(messageId: string, at: number | null, tag: number): string {
  return at === null ? `${messageId}-lacks-${tag}` : `${messageId}-field-${at}`;
}
