/**
 * The messages after a trade: allocation, confirmation, trade capture and settlement instructions.
 *
 * @module
 */

import {
  ALLOCATED_AMOUNTS,
  COMMISSION,
  EXEC_REFS,
  INSTRUMENT,
  MISC_FEES,
  ORDER_REFS,
  PARTIES,
} from "./blocks.ts";
import { count, date, decimal, flag, group, integer, optional, text, timestamp } from "./schema.ts";

const ALLOCATION_TERMS = {
  allocNoOrdersType: optional(integer(857)),
  orders: ORDER_REFS,
  executions: EXEC_REFS,
  side: text(54),
  ...INSTRUMENT,
  quantity: decimal(53),
  avgPx: optional(decimal(6)),
  currency: optional(text(15)),
  parties: PARTIES,
  tradeDate: date(75),
  transactTime: optional(timestamp(60)),
  settlType: optional(text(63)),
  settlDate: optional(date(64)),
  ...ALLOCATED_AMOUNTS,
  text: optional(text(58)),
  allocations: group(78, {
    allocAccount: text(79),
    allocPrice: optional(decimal(366)),
    allocQty: optional(decimal(80)),
    individualAllocId: optional(text(467)),
    ...COMMISSION,
    allocAvgPx: optional(decimal(153)),
    allocNetMoney: optional(decimal(154)),
    miscFees: MISC_FEES,
  }),
};

const ALLOCATION_ACK = {
  allocId: text(70),
  parties: PARTIES,
  tradeDate: optional(date(75)),
  transactTime: timestamp(60),
  allocStatus: integer(87),
  allocRejCode: optional(integer(88)),
  text: optional(text(58)),
};

const TRADE_REPORT = {
  tradeReportId: text(571),
  tradeReportTransType: optional(integer(487)),
  tradeReportType: optional(integer(856)),
  execType: optional(text(150)),
  tradeReportRefId: optional(text(572)),
  execId: optional(text(17)),
  ...INSTRUMENT,
  transactTime: optional(timestamp(60)),
  text: optional(text(58)),
};

const { text: _reportText, ...TRADE_CAPTURE } = TRADE_REPORT;

export const POST_TRADE_MESSAGES = {
  AllocationInstruction: {
    msgType: "J",
    body: {
      allocId: text(70),
      allocTransType: text(71),
      allocType: optional(integer(626)),
      refAllocId: optional(text(72)),
      ...ALLOCATION_TERMS,
    },
  },
  AllocationInstructionAck: { msgType: "P", body: ALLOCATION_ACK },
  AllocationReport: {
    msgType: "AS",
    body: {
      allocReportId: text(755),
      allocId: optional(text(70)),
      allocTransType: text(71),
      allocReportType: integer(794),
      allocStatus: integer(87),
      allocRejCode: optional(integer(88)),
      ...ALLOCATION_TERMS,
    },
  },
  AllocationReportAck: { msgType: "AT", body: { allocReportId: text(755), ...ALLOCATION_ACK } },
  Confirmation: {
    msgType: "AK",
    body: {
      confirmId: text(664),
      confirmRefId: optional(text(772)),
      confirmTransType: integer(666),
      confirmType: integer(773),
      confirmStatus: integer(665),
      parties: PARTIES,
      orders: ORDER_REFS,
      allocId: optional(text(70)),
      transactTime: timestamp(60),
      tradeDate: date(75),
      ...INSTRUMENT,
      /** FIX 4.4 asks for both groups; none has instances here. */
      underlyings: group(711, { underlyingSymbol: text(311) }),
      legs: group(555, { legSymbol: text(600) }),
      allocQty: decimal(80),
      side: text(54),
      currency: optional(text(15)),
      capacities: group(862, {
        orderCapacity: text(528),
        orderCapacityQty: decimal(863),
      }),
      allocAccount: text(79),
      avgPx: decimal(6),
      text: optional(text(58)),
      grossTradeAmt: decimal(381),
      netMoney: decimal(118),
      accruedInterest: optional(decimal(159)),
      settlType: optional(text(63)),
      settlDate: optional(date(64)),
      ...COMMISSION,
      miscFees: MISC_FEES,
    },
  },
  ConfirmationAck: {
    msgType: "AU",
    body: {
      confirmId: text(664),
      tradeDate: date(75),
      transactTime: timestamp(60),
      affirmStatus: integer(940),
      confirmRejReason: optional(integer(774)),
      text: optional(text(58)),
    },
  },
  ConfirmationRequest: {
    msgType: "BH",
    body: {
      confirmReqId: text(859),
      confirmType: integer(773),
      orders: ORDER_REFS,
      allocId: optional(text(70)),
      transactTime: timestamp(60),
      allocAccount: optional(text(79)),
      text: optional(text(58)),
    },
  },
  TradeCaptureReport: {
    msgType: "AE",
    body: {
      ...TRADE_CAPTURE,
      previouslyReported: optional(flag(570)),
      lastQty: decimal(32),
      lastPx: decimal(31),
      lastMkt: optional(text(30)),
      tradeDate: date(75),
      avgPx: optional(decimal(6)),
      settlType: optional(text(63)),
      settlDate: optional(date(64)),
      sides: group(552, {
        side: text(54),
        orderId: optional(text(37)),
        clOrdId: optional(text(11)),
        parties: PARTIES,
        account: optional(text(1)),
        ...COMMISSION,
        ...ALLOCATED_AMOUNTS,
        text: optional(text(58)),
        miscFees: MISC_FEES,
      }),
    },
  },
  TradeCaptureReportAck: {
    msgType: "AR",
    body: {
      ...TRADE_REPORT,
      trdRptStatus: optional(integer(939)),
      tradeReportRejectReason: optional(integer(751)),
    },
  },
  SettlementInstructions: {
    msgType: "T",
    body: {
      settlInstMsgId: optional(text(777)),
      settlInstReqId: optional(text(791)),
      settlInstMode: text(160),
      text: optional(text(58)),
      clOrdId: optional(text(11)),
      transactTime: timestamp(60),
      /** FIX 4.2 has one instruction a message, and says it here. */
      settlInstId: optional(text(162)),
      settlInstTransType: optional(text(163)),
      settlInstRefId: optional(text(214)),
      settlInstSource: optional(text(165)),
      allocAccount: optional(text(79)),
      instructions: group(778, {
        settlInstId: text(162),
        settlInstTransType: optional(text(163)),
        settlInstRefId: optional(text(214)),
        parties: PARTIES,
        side: optional(text(54)),
        settlInstCount: optional(count(492)),
      }),
    },
  },
} as const;
