/**
 * The messages that keep a session: heartbeats, resends, sequence numbers, logon and logout, and rejects.
 *
 * @module
 */

import { count, flag, integer, optional, text } from "./schema.ts";

export const SESSION_MESSAGES = {
  Heartbeat: { msgType: "0", body: { testReqId: optional(text(112)) } },
  TestRequest: { msgType: "1", body: { testReqId: text(112) } },
  ResendRequest: { msgType: "2", body: { beginSeqNo: count(7), endSeqNo: count(16) } },
  Reject: {
    msgType: "3",
    body: {
      refSeqNum: count(45),
      refTagId: optional(integer(371)),
      refMsgType: optional(text(372)),
      sessionRejectReason: optional(integer(373)),
      text: optional(text(58)),
    },
  },
  SequenceReset: { msgType: "4", body: { gapFillFlag: optional(flag(123)), newSeqNo: count(36) } },
  Logout: { msgType: "5", body: { text: optional(text(58)) } },
  Logon: {
    msgType: "A",
    body: {
      encryptMethod: integer(98),
      heartBtInt: integer(108),
      resetSeqNumFlag: optional(flag(141)),
      nextExpectedMsgSeqNum: optional(count(789)),
      maxMessageSize: optional(count(383)),
      testMessageIndicator: optional(flag(464)),
      username: optional(text(553)),
      password: optional(text(554)),
      defaultApplVerId: optional(text(1137)),
    },
  },
  BusinessMessageReject: {
    msgType: "j",
    body: {
      refSeqNum: optional(count(45)),
      refMsgType: text(372),
      businessRejectRefId: optional(text(379)),
      businessRejectReason: integer(380),
      text: optional(text(58)),
    },
  },
} as const;
