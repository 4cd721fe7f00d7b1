/**
 * Limits for the demo's counterparties, set through the API like any user's, so that exposure has something to be
 * measured against.
 *
 * @module
 */

import { COUNTERPARTIES } from "../shared/trade/counterparties.ts";

/** USD, gross: some counterparties are near the first when the demo starts, and pass it while it runs. */
const WARN_USD = "42000000";
const BREACH_USD = "100000000";
/** The version of a limit that nobody has set yet. */
const NONE_YET = 0;

/**
 * @param url The web program's address.
 * @throws {Error} If the web refuses one, with its reason; it takes writes on loopback only.
 */
export async function setLimits(url: string, signal: AbortSignal): Promise<void> {
  for (const { name } of COUNTERPARTIES) {
    const answer = await fetch(`${url}/api/v1/limits`, {
      method: "POST",
      signal,
      headers: { "content-type": "application/json", "x-breakwater-user": "demo" },
      body: JSON.stringify({
        counterparty: name,
        version: NONE_YET,
        warnUsd: WARN_USD,
        breachUsd: BREACH_USD,
        text: "set by the demo",
      }),
    });
    const body = await answer.text();
    if (!answer.ok) throw new Error(`cannot set the limit of ${name}: ${body}`);
  }
}
