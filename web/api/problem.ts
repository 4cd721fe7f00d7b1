/**
 * Errors as RFC 9457 says: one shape for all of them, with a text that tells the caller what to do.
 *
 * @module
 */

export interface Problem {
  readonly status: number;
  readonly title: string;
  /** What was wrong in this request. */
  readonly detail: string;
  readonly retryAfterSeconds?: number;
  /** Stable, for programs: which of the reasons that share a status it is. */
  readonly code?: string;
  /** The break as it is now, where the request was about an older one. */
  readonly break?: unknown;
  /** The sign-off that there is already. */
  readonly signOff?: unknown;
  /** The newest version of the limit. */
  readonly limit?: unknown;
  /** The newest version of the tolerance. */
  readonly tolerance?: unknown;
}

export function toProblemResponse({ retryAfterSeconds, ...problem }: Problem): Response {
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "no-store" });
  if (retryAfterSeconds !== undefined) headers.set("retry-after", String(retryAfterSeconds));
  const body = JSON.stringify({ type: "about:blank", ...problem });
  return new Response(`${body}\n`, { status: problem.status, headers });
}

/** The request itself is wrong. Thrown by readers, answered as 400. */
export class BadRequestError extends Error {
  override readonly name = "BadRequestError";
}
