/**
 * Counts over a log: by message type, by error, by session, and the sequence numbers that are missing.
 *
 * @module
 */

import type { DecodedMessage } from "../../shared/fix/mod.ts";

interface Session {
  messages: number;
  lastSeqNum: number;
  readonly gaps: string[];
}

/** A log of years has more sessions than this only by mistake; the rest is counted together. */
const SESSIONS_MAX = 10_000;
const GAPS_SHOWN_MAX = 10;

export class Summary {
  #messages = 0;
  #faulty = 0;
  #garbledLines = 0;
  readonly #types = new Map<string, number>();
  readonly #errors = new Map<string, number>();
  readonly #sessions = new Map<string, Session>();

  addGarbled(): void {
    this.#garbledLines++;
    count(this.#errors, "garbled");
  }

  add(message: DecodedMessage): void {
    this.#messages++;
    if (!message.ok) this.#faulty++;
    count(this.#types, `${message.msgType} ${message.msgName}`.trim());
    for (const code of new Set(message.errors.map((error) => error.code))) count(this.#errors, code);
    this.#addToSession(message);
  }

  text(): string {
    const sessions = [...this.#sessions].flatMap(([name, session]) => [
      `${String(session.messages).padStart(9)} ${name}`,
      ...session.gaps.map((gap) => `          gap: ${gap}`),
    ]);
    return [
      `${this.#messages} messages, ${this.#faulty} with errors; ${this.#garbledLines} lines without a message`,
      ...section("By message type", this.#types),
      ...section("By error", this.#errors),
      ...(sessions.length > 0 ? ["", "By session", ...sessions] : []),
    ].join("\n");
  }

  /** A number that is not above the last is a resend or a reset; a jump ahead is a gap. */
  #addToSession({ beginString, fields }: DecodedMessage): void {
    const value = (tag: number) => fields.find(([other]) => other === tag)?.[1] ?? "?";
    const name = this.#sessionName(`${beginString} ${value(49)} > ${value(56)}`);
    const session = this.#sessions.get(name) ?? { messages: 0, lastSeqNum: 0, gaps: [] };
    this.#sessions.set(name, session);
    session.messages++;
    const seqNum = Number(value(34));
    if (!Number.isSafeInteger(seqNum) || seqNum <= 0 || value(43) === "Y") return;
    if (session.lastSeqNum > 0 && seqNum > session.lastSeqNum + 1 && session.gaps.length < GAPS_SHOWN_MAX) {
      session.gaps.push(`${session.lastSeqNum + 1} to ${seqNum - 1}`);
    }
    session.lastSeqNum = seqNum;
  }

  #sessionName(name: string): string {
    return this.#sessions.has(name) || this.#sessions.size < SESSIONS_MAX ? name : "all other sessions";
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function section(title: string, counts: ReadonlyMap<string, number>): string[] {
  if (counts.size === 0) return [];
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return ["", title, ...sorted.map(([key, number]) => `${String(number).padStart(9)} ${key}`)];
}
