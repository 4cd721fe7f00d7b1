/**
 * Facts as the consumer decodes them, and a test of the store on a database of its own.
 *
 * @module
 */

import { createHash } from "node:crypto";
import type { Decoded, Source } from "../consumer/decode.ts";
import { migrate } from "../consumer/migrate.ts";
import { writeBatch, writeProgress, type Written } from "../consumer/store/mod.ts";
import type { SweepSettings } from "../consumer/sweep.ts";
import { openLog } from "../shared/platform/log.ts";
import { type Database, openDatabase } from "../shared/platform/postgres.ts";
import type { Execution, OrderState, StreetTerms } from "../shared/trade/street.ts";
import type { Trade } from "../shared/trade/trade.ts";
import { type World, worldTest } from "./harness.ts";

export const DAY = "2026-11-23";
/** US shares of that day: 19:00 and 21:00 in New York. */
const ALLOCATE_BY = "2026-11-24T00:00:00Z";
const AFFIRM_BY = "2026-11-24T02:00:00Z";

let offset = 0;
function source(topic: string, content: unknown): Source {
  const value = new TextEncoder().encode(JSON.stringify(content));
  const digest = createHash("sha256").update(value).digest();
  return {
    topic,
    partition: 0,
    offset: String(offset++),
    key: null,
    value,
    recordTimeMs: Date.now(),
    digest,
  };
}

/** A booking of 100 AAPL at 98.40625, pending confirmation, for the execution `E-<tradeId>`. */
export function booking(tradeId: string, changes: Partial<Trade> = {}): Decoded {
  const trade: Trade = {
    tradeId,
    version: 1,
    eventType: "booked",
    execId: `E-${tradeId}`,
    orderId: null,
    assetClass: "equity",
    instrument: "AAPL",
    side: "buy",
    quantity: "100",
    price: "98.40625000",
    currency: "USD",
    notionalValue: "9840.63",
    notionalUsd: "9840.63",
    usdRate: "1",
    usdRateAsOf: "2026-11-20",
    counterparty: "Citi",
    stage: "pending_confirmation",
    reportedBreak: null,
    settlementVenue: "DTC",
    tradeDate: DAY,
    settlementDate: "2026-11-24",
    brokerageFee: "1.00",
    clearingFee: "0.20",
    exchangeFee: "0.10",
    totalFees: "1.30",
    priority: "normal",
    stpEligible: true,
    timestamp: `2026-11-23T14:30:0${changes.version ?? 1}.000000Z`,
    processedBy: "test",
    settlementStatus: null,
    settlementReason: null,
    settledQuantity: null,
    ...changes,
  };
  const hash = createHash("sha256").update(JSON.stringify(trade)).digest("hex");
  const expected = { settlementDate: "2026-11-24", allocateBy: ALLOCATE_BY, affirmBy: AFFIRM_BY };
  return { kind: "trade", source: source("trades", trade), trade, hash, expected };
}

const NO_TERMS: StreetTerms = {
  grossAmount: null,
  netAmount: null,
  accruedInterest: null,
  settlementDate: null,
  brokerageFee: null,
  exchangeFee: null,
  clearingFee: null,
  otherFees: [],
};

/** The same seen from the street. */
export function fill(
  execId: string,
  changes: Partial<Execution> = {},
  terms?: Partial<StreetTerms>,
  cumQty?: string,
): Decoded {
  const execution: Execution = {
    broker: "CITI",
    tradeDate: DAY,
    tradeDateStated: true,
    execId,
    kind: "trade",
    execRefId: null,
    clOrdId: null,
    orderId: null,
    instrument: "AAPL",
    side: "buy",
    quantity: "100",
    price: "98.40625",
    currency: "USD",
    counterparty: "Citi",
    settlementDate: null,
    transactTime: "2026-11-23T14:30:00.000000Z",
    ...changes,
  };
  const header = {
    beginString: "FIX.4.4",
    msgType: "8",
    senderCompId: execution.broker,
    targetCompId: "BREAKWATER",
    msgSeqNum: 1,
    sendingTime: null,
    clOrdId: null,
    origClOrdId: null,
    orderId: null,
    execId,
  };
  const order = cumQty === undefined ? null : filledOrder(execution, cumQty);
  const message = { kind: "message", header, execution, order, faults: [] } as const;
  const stated = terms && { terms: { ...NO_TERMS, ...terms } };
  return {
    kind: "message",
    source: source("fix-trades", [execution, terms, cumQty]),
    message: { ...message, ...stated },
  };
}

function filledOrder(execution: Execution, cumQty: string): OrderState {
  return {
    orderId: execution.clOrdId!,
    brokerOrderId: null,
    ordStatus: "1",
    instrument: execution.instrument,
    side: execution.side,
    orderQty: null,
    limitPrice: null,
    cumQty,
    leavesQty: null,
    avgPx: null,
    counterparty: execution.counterparty,
    transactTime: execution.transactTime,
    msgSeqNum: 1,
  };
}

/** A test with four connections to a migrated database. */
export function storeTest(name: string, body: (database: Database, world: World) => Promise<void>): void {
  worldTest(name, async (world) => {
    const log = openLog("test", "error");
    const database = openDatabase(world.settings.DATABASE_URL!, {
      connectionsMax: 4,
      applicationName: "test",
      log,
    });
    try {
      await migrate(database);
      await body(database, world);
    } finally {
      await database.close();
    }
  });
}

export const SETTINGS: SweepSettings = {
  group: "g",
  tradesTopic: "trades",
  fixTopic: "fix-trades",
  graceSeconds: 0,
  missing: "both",
};

export const write = (database: Database, decoded: Decoded[]): Promise<Written> =>
  writeBatch(database, SETTINGS.group, decoded, []);

/** Says that both topics are read to their ends just now. */
export async function atLagZero(database: Database): Promise<void> {
  const at = { partition: 0, nextOffset: "9", endOffset: "9", endAskedAtMs: Date.now(), recordTimeMs: null };
  await writeProgress(database, "g", ["trades", "fix-trades"].map((topic) => ({ topic, ...at })));
}

export async function openBreaks(database: Database): Promise<string[]> {
  const rows = await database.query("select exec_id, type from breaks where closed_at is null order by 1, 2");
  return rows.map(({ exec_id, type }) => `${exec_id} ${type}`);
}
