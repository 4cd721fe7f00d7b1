/**
 * Groups of fields that many messages share.
 *
 * @module
 */

import { count, date, decimal, flag, group, integer, optional, text, timestamp } from "./schema.ts";

/** StandardHeader without 8, 9 and 35. */
export const HEADER = {
  applVerId: optional(text(1128)),
  senderCompId: text(49),
  targetCompId: text(56),
  onBehalfOfCompId: optional(text(115)),
  deliverToCompId: optional(text(128)),
  msgSeqNum: count(34),
  senderSubId: optional(text(50)),
  targetSubId: optional(text(57)),
  possDupFlag: optional(flag(43)),
  possResend: optional(flag(97)),
  sendingTime: timestamp(52),
  origSendingTime: optional(timestamp(122)),
};

export const INSTRUMENT = {
  symbol: optional(text(55)),
  symbolSfx: optional(text(65)),
  securityId: optional(text(48)),
  securityIdSource: optional(text(22)),
  product: optional(integer(460)),
  cfiCode: optional(text(461)),
  securityType: optional(text(167)),
  maturityMonthYear: optional(text(200)),
  maturityDate: optional(date(541)),
  strikePrice: optional(decimal(202)),
  contractMultiplier: optional(decimal(231)),
  couponRate: optional(decimal(223)),
  securityExchange: optional(text(207)),
};

export const PARTIES = group(453, {
  partyId: text(448),
  partyIdSource: optional(text(447)),
  partyRole: optional(integer(452)),
  partySubIds: group(802, { partySubId: text(523), partySubIdType: optional(integer(803)) }),
});

export const COMMISSION = {
  commission: optional(decimal(12)),
  commType: optional(text(13)),
};

export const MISC_FEES = group(136, {
  miscFeeAmt: decimal(137),
  miscFeeCurr: optional(text(138)),
  miscFeeType: optional(text(139)),
});

/** What an order asks for, when new or replaced. */
export const ORDER_TERMS = {
  account: optional(text(1)),
  handlInst: optional(text(21)),
  ...INSTRUMENT,
  side: text(54),
  transactTime: timestamp(60),
  orderQty: optional(decimal(38)),
  ordType: text(40),
  price: optional(decimal(44)),
  stopPx: optional(decimal(99)),
  currency: optional(text(15)),
  timeInForce: optional(text(59)),
  expireTime: optional(timestamp(126)),
  settlType: optional(text(63)),
  settlDate: optional(date(64)),
  exDestination: optional(text(100)),
  text: optional(text(58)),
};

export const ORDER_REFS = group(73, {
  clOrdId: text(11),
  orderId: optional(text(37)),
});

export const EXEC_REFS = group(124, {
  lastQty: decimal(32),
  execId: optional(text(17)),
  lastPx: optional(decimal(31)),
  lastCapacity: optional(text(29)),
});

export const ALLOCATED_AMOUNTS = {
  grossTradeAmt: optional(decimal(381)),
  netMoney: optional(decimal(118)),
  accruedInterest: optional(decimal(159)),
};
