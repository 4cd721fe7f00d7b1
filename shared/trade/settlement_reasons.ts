/**
 * Reasons why a settlement fails, by their ISO 20022 codes, and on which side they lie. Another code or text is shown as
 * it was sent.
 *
 * @module
 */

export interface SettlementReason {
  readonly about: string;
  /** Who can cure it, as on a break; null: the code does not tell. */
  readonly responsible: "us" | "broker" | "custodian" | null;
}

/** ISO 20022, external code sets of securities settlement status (sese.024), as custodians report them. */
export const SETTLEMENT_REASONS: Readonly<Record<string, SettlementReason>> = {
  LACK: { about: "lack of securities", responsible: "us" },
  CLAC: { about: "counterparty has insufficient securities", responsible: "broker" },
  MONY: { about: "insufficient money", responsible: "us" },
  CMON: { about: "counterparty has insufficient money", responsible: "broker" },
  AWSH: { about: "awaiting securities", responsible: "us" },
  AWMO: { about: "awaiting money", responsible: "us" },
  LALO: { about: "securities are loaned out", responsible: "us" },
  NCON: { about: "confirmation not received", responsible: "broker" },
  LINK: { about: "a linked instruction is pending", responsible: null },
  PREA: { about: "the instruction is on hold", responsible: "us" },
  BLOC: { about: "the account is blocked", responsible: "custodian" },
  PHSE: { about: "delay of a physical delivery", responsible: "custodian" },
  OTHR: { about: "another reason", responsible: null },
};
