/**
 * The published description of all topics, AsyncAPI 3.0.
 *
 * @module
 */

import type { Json } from "./trade_schema.ts";

const DEAD_LETTER_HEADERS: Json = {
  type: "object",
  required: ["x-original-topic", "x-original-partition", "x-original-offset", "x-error-code", "x-error-text"],
  properties: {
    "x-original-topic": { type: "string" },
    "x-original-partition": { type: "string", pattern: "^[0-9]+$" },
    "x-original-offset": { type: "string", pattern: "^[0-9]+$" },
    "x-error-code": { type: "string", description: "Stable code of the reason." },
    "x-error-text": { type: "string", description: "What was wrong and what was seen." },
  },
};

export function asyncApi(): { readonly [name: string]: Json } {
  return {
    asyncapi: "3.0.0",
    info: {
      title: "Breakwater",
      version: "1.0.0",
      description: "Kafka topics of the post-trade monitor. Their names can be set: TRADES_TOPIC, FIX_TOPIC.",
      license: { name: "Apache-2.0" },
    },
    defaultContentType: "application/json",
    channels: {
      trades: channel("trades", "Trade", "The fund's bookings. The key of a record is its trade_id."),
      fixTrades: channel(
        "fix-trades",
        "FixMessage",
        "What brokers and venues send, and the fund's orders. The key is the chain's first ClOrdID (11); where " +
          "there is no order AllocID (70), ConfirmID (664) or TradeReportID (571).",
      ),
      tradesDlq: channel("trades.dlq", "DeadLetter", "Records of `trades` that could not be read."),
      fixTradesDlq: channel(
        "fix-trades.dlq",
        "DeadLetter",
        "Records of `fix-trades` that could not be read.",
      ),
    },
    operations: {
      receiveTrades: operation("receive", "trades"),
      receiveFix: operation("receive", "fixTrades"),
      sendTradesDlq: operation("send", "tradesDlq"),
      sendFixDlq: operation("send", "fixTradesDlq"),
    },
    components: {
      messages: {
        Trade: { contentType: "application/json", payload: { $ref: "./trade.schema.json" } },
        FixMessage: {
          contentType: "application/fix",
          summary: "One raw FIX message: 4.2, 4.4 or 5.0 SP2 (FIXT.1.1), from 8= to the SOH after 10=.",
          payload: { type: "string", format: "binary" },
        },
        DeadLetter: {
          contentType: "application/octet-stream",
          summary: "The record's bytes as they came. One may repeat: tell it by topic, partition and offset.",
          headers: DEAD_LETTER_HEADERS,
          payload: { type: "string", format: "binary" },
        },
      },
    },
  };
}

function channel(address: string, message: string, description: string): Json {
  return { address, description, messages: { [message]: { $ref: `#/components/messages/${message}` } } };
}

function operation(action: "send" | "receive", channelName: string): Json {
  return { action, channel: { $ref: `#/channels/${channelName}` } };
}
