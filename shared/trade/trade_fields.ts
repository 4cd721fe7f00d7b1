/**
 * What a record on the topic `trades` holds, field by field. The reader checks by this table and the published
 * JSON Schema is written from it, so the two cannot disagree.
 *
 * @module
 */

import { ASSET_CLASSES, EVENT_TYPES, SETTLEMENT_STATUSES, STAGES } from "./trade.ts";

export interface TradeField {
  readonly kind:
    | "text"
    | "amount"
    | "choice"
    | "currency"
    | "status"
    | "date"
    | "timestamp"
    | "flag"
    | "version";
  /** May be absent or null; what that means is said in `about`. */
  readonly optional?: true;
  readonly charsMax?: number;
  /** Accepted words, in lower case, and what each of them is stored as. */
  readonly words?: Readonly<Record<string, string>>;
  readonly example: string | boolean | number;
  readonly about: string;
}

const ID_CHARS_MAX = 128;
const NAME_CHARS_MAX = 200;

const same = (words: readonly string[]): Record<string, string> =>
  Object.fromEntries(words.map((word) => [word, word]));

/** Our own words first, then those of the demo systems whose producers must fit in unchanged. */
const ASSET_CLASS_WORDS = {
  ...same(ASSET_CLASSES),
  "equities": "equity",
  "bonds": "bond",
  "fixed income": "bond",
  "fixed_income": "bond",
  "derivatives": "derivative",
  "foreign exchange": "fx",
  "forex": "fx",
  "commodities": "commodity",
};

const STATUS_WORDS = {
  ...same(STAGES),
  ...Object.fromEntries(STAGES.map((stage) => [stage.replaceAll("_", " "), stage])),
  canceled: "cancelled",
};

export const TRADE_FIELDS = {
  trade_id: {
    kind: "text",
    charsMax: ID_CHARS_MAX,
    example: "T-20261123-7K3F9Q-000001",
    about: "Identity of the booking, and the key of the record.",
  },
  version: {
    kind: "version",
    optional: true,
    example: 2,
    about: "Orders the versions of a trade. Absent: timestamp in microseconds since 1970.",
  },
  event_type: {
    kind: "choice",
    optional: true,
    words: { ...same(EVENT_TYPES), canceled: "cancelled" },
    example: "status",
    about:
      "What made this version. Absent: cancelled for a cancelled trade, booked without version or for version " +
      "0 or 1, else status.",
  },
  exec_id: {
    kind: "text",
    optional: true,
    charsMax: ID_CHARS_MAX,
    example: "E-7K3F9Q-000001",
    about: "ExecID (17) of the execution that the booking answers. Absent: the booking is not reconciled.",
  },
  order_id: {
    kind: "text",
    optional: true,
    charsMax: ID_CHARS_MAX,
    example: "O-7K3F9Q-000001",
    about: "The fund's own order, ClOrdID (11) of its NewOrderSingle.",
  },
  asset_class: {
    kind: "choice",
    words: ASSET_CLASS_WORDS,
    example: "bond",
    about: "Asset class.",
  },
  instrument: {
    kind: "text",
    charsMax: NAME_CHARS_MAX,
    example: "US912810TM09",
    about: "Symbol, ISIN of a bond, or currency pair. An unknown one is stored.",
  },
  side: {
    kind: "choice",
    words: same(["buy", "sell"]),
    example: "buy",
    about: "From the fund's point of view.",
  },
  quantity: {
    kind: "amount",
    example: "250000",
    about:
      "Units; face amount of a bond, base currency of an FX trade, contracts of a future or option. More than 0.",
  },
  price: {
    kind: "amount",
    example: "98.40625",
    about:
      "Quote currency per unit; percent of face for a bond, clean. Negative only for derivative and commodity.",
  },
  currency: {
    kind: "currency",
    optional: true,
    example: "USD",
    about: "ISO 4217 code of price and notional. Absent: USD.",
  },
  notional_value: { kind: "amount", example: "246015.63", about: "Principal of the trade, in currency." },
  counterparty: {
    kind: "text",
    charsMax: NAME_CHARS_MAX,
    example: "JP Morgan",
    about: "Executing broker. An unknown one is stored.",
  },
  status: {
    kind: "status",
    words: STATUS_WORDS,
    charsMax: NAME_CHARS_MAX,
    example: "confirmed",
    about:
      "Stage of the trade's life. `Break - …` is the source's own report of a break, on a confirmed trade.",
  },
  settlement_venue: {
    kind: "text",
    charsMax: NAME_CHARS_MAX,
    example: "Fedwire",
    about: "Depository, clearing house or settlement system. An unknown one is stored.",
  },
  trade_date: { kind: "date", example: "2026-11-23", about: "Business day of the trade." },
  settlement_date: { kind: "date", example: "2026-11-24", about: "Contractual settlement or value date." },
  brokerage_fee: {
    kind: "amount",
    example: "24.60",
    about: "Commission of the executing broker. Fees are billed in USD, whatever the trade's currency.",
  },
  clearing_fee: { kind: "amount", example: "4.92", about: "Fee of the clearing house, in USD." },
  exchange_fee: {
    kind: "amount",
    example: "0.00",
    about: "Fee of the exchange, in USD; negative for a rebate.",
  },
  total_fees: {
    kind: "amount",
    example: "29.52",
    about: "Sum of the three fees. Stored as sent, even when it is another.",
  },
  priority: {
    kind: "text",
    charsMax: NAME_CHARS_MAX,
    words: same(["low", "normal", "high"]),
    example: "normal",
    about: "low, normal or high in any case; another one is kept as it is.",
  },
  stp_eligible: {
    kind: "flag",
    example: true,
    about: "Whether the trade may go through without a human touch.",
  },
  timestamp: {
    kind: "timestamp",
    example: "2026-11-23T14:30:05.125Z",
    about: "When this version was made. Without a zone it is UTC.",
  },
  processed_by: {
    kind: "text",
    charsMax: NAME_CHARS_MAX,
    example: "sim-1",
    about: "The system that made this version.",
  },
  settlement_status: {
    kind: "choice",
    optional: true,
    words: { ...same(SETTLEMENT_STATUSES), "partially settled": "partially_settled" },
    example: "partially_settled",
    about:
      "How far settlement has come. Absent: not told. `failed` opens a break, which a later version closes.",
  },
  settlement_reason: {
    kind: "text",
    optional: true,
    charsMax: NAME_CHARS_MAX,
    example: "LACK",
    about: "Why it is not settled: an ISO 20022 code such as LACK or MONY, or a text.",
  },
  settled_quantity: {
    kind: "amount",
    optional: true,
    example: "150000",
    about: "How much of the quantity is settled, where a part is. Not negative.",
  },
} as const satisfies Record<string, TradeField>;

export type TradeFieldName = keyof typeof TRADE_FIELDS;

export const TRADE_FIELD_NAMES = Object.keys(TRADE_FIELDS) as readonly TradeFieldName[];
