/**
 * The brokers the fund trades with, as both sides name them: a booking has the name, a FIX message the CompID.
 *
 * @module
 */

export interface Counterparty {
  readonly name: string;
  /** SenderCompID (49) of what the broker sends us. */
  readonly compId: string;
}

/** SenderCompID (49) of what the fund itself sends. */
export const FUND_COMP_ID = "BREAKWATER";

export const COUNTERPARTIES: readonly Counterparty[] = [
  { name: "Goldman Sachs", compId: "GSCO" },
  { name: "JP Morgan", compId: "JPMS" },
  { name: "Morgan Stanley", compId: "MSCO" },
  { name: "Citi", compId: "CITI" },
  { name: "Barclays", compId: "BARC" },
  { name: "Deutsche Bank", compId: "DBKB" },
  { name: "UBS", compId: "UBSW" },
  { name: "BNP Paribas", compId: "BNPP" },
];

const NAME_BY_COMP_ID = new Map(COUNTERPARTIES.map(({ name, compId }) => [compId, name]));

/** The name bookings give the broker; a broker we do not know keeps its CompID. */
export function counterpartyName(compId: string): string {
  return NAME_BY_COMP_ID.get(compId) ?? compId;
}
