/**
 * Messages after a trade as FIX text, decoded as the consumer decodes them: from `35=` on, `|` for SOH.
 *
 * @module
 */

import assert from "node:assert/strict";
import { decode, type Decoded } from "../consumer/decode.ts";
import { framed } from "../shared/fix/testdata/fix.ts";

const FIX_TOPIC = "fix-trades";
const FROM_BROKER = "49=CITI|56=BREAKWATER|34=7|52=20261123-14:40:00.000|";
const FROM_FUND = "49=BREAKWATER|56=CITI|34=8|52=20261123-14:40:00.000|";

let offset = 0;

/** One message by Citi or by the fund, `E-<id>`'s order being `O-<id>`. */
function message(msgType: string, header: string, body: string, version?: string): Decoded {
  const decoded = decode({
    topic: FIX_TOPIC,
    partition: 0,
    offset: String(1_000_000 + offset++),
    key: null,
    value: framed(`35=${msgType}|${header}${body}`, version),
    recordTimeMs: Date.now(),
  }, { fixTopic: FIX_TOPIC, validation: "strict" });
  assert(decoded.kind === "message", JSON.stringify(decoded));
  return decoded;
}

export interface Allocated {
  readonly quantity?: string;
  /** Of each account. */
  readonly parts?: readonly string[];
  readonly avgPx?: string;
  /** AllocID (70) that this one replaces. */
  readonly replaces?: string;
  readonly allocId?: string;
}

/** The fund's AllocationInstruction (J) of `O-<id>`. */
export function allocation(id: string, allocated: Allocated = {}): Decoded {
  const { quantity = "100", parts = [quantity], avgPx = "98.40625", replaces, allocId = `A-${id}` } =
    allocated;
  const accounts = parts.map((part, index) => `79=FUND${index}|80=${part}|`).join("");
  const kind = replaces === undefined ? "71=0|626=1|" : `71=1|626=1|72=${replaces}|`;
  return message(
    "J",
    FROM_FUND,
    `70=${allocId}|${kind}857=1|73=1|11=O-${id}|54=1|55=AAPL|53=${quantity}|6=${avgPx}|75=20261123|` +
      `60=20261123-14:40:00|78=${parts.length}|${accounts}`,
  );
}

/** The broker's answer (P) to `A-<id>`: AllocStatus (87), AllocRejCode (88), and the minute it was given. */
export function allocationAnswer(id: string, status: string, reason?: string, minute = 41): Decoded {
  const why = reason === undefined ? "" : `88=${reason}|`;
  return message("P", FROM_BROKER, `70=A-${id}|75=20261123|60=20261123-14:${minute}:00|87=${status}|${why}`);
}

export interface Confirmed {
  readonly quantity?: string;
  readonly avgPx?: string;
  /** ConfirmTransType (666) */
  readonly transType?: string;
  /** ConfirmStatus (665) */
  readonly status?: string;
  readonly minute?: number;
}

/** The broker's Confirmation (AK) `C-<id>` of `O-<id>`. */
export function confirmation(id: string, confirmed: Confirmed = {}): Decoded {
  const { quantity = "100", avgPx = "98.40625", transType = "0", status = "4", minute = 42 } = confirmed;
  return message(
    "AK",
    FROM_BROKER,
    `664=C-${id}|666=${transType}|773=2|665=${status}|73=1|11=O-${id}|60=20261123-14:${minute}:00|75=20261123|` +
      `55=AAPL|711=0|555=0|80=${quantity}|54=1|862=1|528=A|863=${quantity}|79=FUND0|6=${avgPx}|381=9840.63|` +
      "118=9841.93|64=20261124|",
  );
}

/** The fund's answer (AU) to `C-<id>`: AffirmStatus (940). */
export function affirmation(id: string, status = "3", minute = 43): Decoded {
  return message("AU", FROM_FUND, `664=C-${id}|75=20261123|60=20261123-14:${minute}:00|940=${status}|`);
}

/** The fund's DontKnowTrade (Q) of `E-<id>`. */
export function dispute(id: string): Decoded {
  return message("Q", FROM_FUND, `37=B-${id}|17=E-${id}|127=D|55=AAPL|54=1|32=100|31=98.40625|`);
}

/** The fund's answer (AR) to `R-<id>`: TrdRptStatus (939), TradeReportRejectReason (751). */
export function captureAnswer(id: string, status: string, reason?: string): Decoded {
  const why = reason === undefined ? "" : `751=${reason}|`;
  return message(
    "AR",
    FROM_FUND,
    `571=R-${id}|487=0|856=0|150=F|939=${status}|${why}55=AAPL|60=20261123-14:45:00|`,
  );
}

/** The broker's TradeCaptureReport (AE) that repeats `E-<id>`, with what it costs. */
export function capture(id: string): Decoded {
  return message(
    "AE",
    FROM_BROKER,
    `571=R-${id}|487=0|17=E-${id}|570=Y|573=0|55=AAPL|32=100|31=98.40625|75=20261123|60=20261123-14:30:00|64=20261124|` +
      `552=1|54=1|37=B-${id}|11=O-${id}|12=5|13=3|118=9845.63|`,
  );
}

/** The broker's report (8) that it replaced one order by another. */
export function replacement(from: string, to: string): Decoded {
  return message(
    "8",
    FROM_BROKER,
    `37=B-1|11=${to}|41=${from}|17=X-${to}|150=5|39=0|55=AAPL|54=1|38=100|151=100|14=0|6=0|60=20261123-14:29:00|`,
  );
}

/** The broker's report (8) of `O-a` without a fill: OrdStatus (39), ExecType (150) and when. */
export function orderReport(status: string, time: string, cumQty = "0"): Decoded {
  return message(
    "8",
    FROM_BROKER,
    `37=B-1|11=O-a|17=X-${time}|150=${status}|39=${status}|55=AAPL|54=1|38=100|151=100|14=${cumQty}|6=0|` +
      `60=20261123-${time}|`,
  );
}

/** The broker's OrderCancelReject (9) of `O-a`: the status that the order is back in. */
export function cancelReject(status: string, time: string): Decoded {
  return message("9", FROM_BROKER, `37=B-1|11=O-x|41=O-a|39=${status}|434=1|102=0|60=20261123-${time}|`);
}
