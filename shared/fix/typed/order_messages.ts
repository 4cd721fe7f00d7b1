/**
 * The messages of an order's life.
 *
 * @module
 */

import { COMMISSION, INSTRUMENT, MISC_FEES, ORDER_TERMS, PARTIES } from "./blocks.ts";
import { ALLOCATED_AMOUNTS } from "./blocks.ts";
import { date, decimal, group, integer, optional, text, timestamp } from "./schema.ts";

const ALLOCATIONS = group(78, { allocAccount: text(79), allocQty: optional(decimal(80)) });

export const ORDER_MESSAGES = {
  NewOrderSingle: {
    msgType: "D",
    body: { clOrdId: text(11), parties: PARTIES, allocations: ALLOCATIONS, ...ORDER_TERMS },
  },
  OrderCancelReplaceRequest: {
    msgType: "G",
    body: {
      orderId: optional(text(37)),
      origClOrdId: text(41),
      clOrdId: text(11),
      parties: PARTIES,
      ...ORDER_TERMS,
    },
  },
  OrderCancelRequest: {
    msgType: "F",
    body: {
      origClOrdId: text(41),
      orderId: optional(text(37)),
      clOrdId: text(11),
      account: optional(text(1)),
      parties: PARTIES,
      ...INSTRUMENT,
      side: text(54),
      transactTime: timestamp(60),
      orderQty: optional(decimal(38)),
      text: optional(text(58)),
    },
  },
  ExecutionReport: {
    msgType: "8",
    body: {
      orderId: text(37),
      clOrdId: optional(text(11)),
      origClOrdId: optional(text(41)),
      parties: PARTIES,
      execId: text(17),
      execRefId: optional(text(19)),
      /** FIX 4.2 only, as ClientID (109) and ExecBroker (76). */
      execTransType: optional(text(20)),
      clientId: optional(text(109)),
      execBroker: optional(text(76)),
      execType: text(150),
      ordStatus: text(39),
      ordRejReason: optional(integer(103)),
      account: optional(text(1)),
      settlType: optional(text(63)),
      settlDate: optional(date(64)),
      ...INSTRUMENT,
      side: text(54),
      orderQty: optional(decimal(38)),
      ordType: optional(text(40)),
      price: optional(decimal(44)),
      currency: optional(text(15)),
      timeInForce: optional(text(59)),
      lastQty: optional(decimal(32)),
      lastPx: optional(decimal(31)),
      lastMkt: optional(text(30)),
      leavesQty: decimal(151),
      cumQty: decimal(14),
      avgPx: optional(decimal(6)),
      tradeDate: optional(date(75)),
      transactTime: optional(timestamp(60)),
      ...COMMISSION,
      ...ALLOCATED_AMOUNTS,
      text: optional(text(58)),
      miscFees: MISC_FEES,
    },
  },
  OrderCancelReject: {
    msgType: "9",
    body: {
      orderId: text(37),
      clOrdId: text(11),
      origClOrdId: optional(text(41)),
      ordStatus: text(39),
      transactTime: optional(timestamp(60)),
      cxlRejResponseTo: text(434),
      cxlRejReason: optional(integer(102)),
      text: optional(text(58)),
    },
  },
  DontKnowTrade: {
    msgType: "Q",
    body: {
      orderId: text(37),
      execId: text(17),
      dkReason: text(127),
      ...INSTRUMENT,
      side: text(54),
      orderQty: optional(decimal(38)),
      lastQty: optional(decimal(32)),
      lastPx: optional(decimal(31)),
      text: optional(text(58)),
    },
  },
} as const;
