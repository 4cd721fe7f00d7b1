/**
 * The value types of FIX, read from a field's text.
 *
 * @module
 */

/**
 * A field of an intact message that cannot become part of a trade.
 * The same bytes fail the same way, so the record is set aside and never retried.
 */
export class FieldError extends SyntaxError {
  override readonly name = "FieldError";

  constructor(readonly tag: number, readonly value: string, problem: string) {
    super(`Cannot read field ${tag}: "${value}" ${problem}`);
  }
}
