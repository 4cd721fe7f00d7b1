/**
 * The compact form of a dictionary: text tables, which cost nothing until a message of the version is read.
 *
 * @module
 */

export interface DictionarySource {
  readonly version: string;
  /** A field a line: `54 Side CHAR 1=BUY 2=SELL`. A star after the type allows other values. */
  readonly fields: string;
  /** A component a line: its name, then its members. */
  readonly components: string;
  /** Members: `54!` a required field, `453{448! 447}` a group, `@Parties` a component. */
  readonly header: string;
  readonly trailer: string;
  /** A message a line: `D NewOrderSingle app 11! 526`. */
  readonly messages: string;
}
