/**
 * `/exposure`: what is open with whom. Its filters are those of the API.
 *
 * @module
 */

import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { loadExposurePage } from "../api/exposure.ts";
import { readAlertsPage } from "../api/limits.ts";
import { BadRequestError } from "../api/problem.ts";
import { readUser } from "../components/who.ts";
import { readExposureFilter } from "../components/exposure/exposure.ts";
import { define } from "../define.ts";
import Exposure from "../islands/Exposure.tsx";
import { COUNTERPARTIES } from "../../shared/trade/counterparties.ts";

const ALERTS = new URLSearchParams({ kind: "limit", limit: "100" });

export const handler = define.handlers({
  GET: async ({ url, req, state: { store, feed } }) => {
    const user = readUser(req.headers.get("cookie") ?? "");
    // Read before the figures, so that nothing which changes in between is missed.
    const { position } = feed;
    const params = new URLSearchParams([...url.searchParams].filter(([, value]) => value !== ""));
    const filter = readExposureFilter(params);
    try {
      const [exposure, { items: alerts }] = await Promise.all([
        loadExposurePage(store, params),
        readAlertsPage(store, ALERTS),
      ]);
      const known = COUNTERPARTIES.map(({ name }) => name);
      const open = exposure.counterparties.map(({ counterparty }) => counterparty);
      const counterparties = toChoice([...known, ...open], filter.counterparty);
      const currencies = toChoice(exposure.positions.map(({ currency }) => currency), filter.currency);
      return page({ exposure, alerts, filter, user, position, counterparties, currencies }, {
        headers: { "cache-control": "no-store" },
      });
    } catch (error) {
      if (error instanceof BadRequestError) throw new HttpError(400, error.message);
      throw error;
    }
  },
});

/** With the one that was asked for. */
function toChoice(names: readonly string[], asked: string | undefined): string[] {
  return [...new Set([...names, ...asked ? [asked] : []])].sort();
}

const STYLES = ["/breaks.css", "/system.css", "/exposure.css"];

export default define.page<typeof handler>(({ data }) => (
  <>
    <Head>
      <title>Exposure · Breakwater</title>
      {STYLES.map((file) => <link key={file} rel="stylesheet" href={asset(file)} />)}
    </Head>
    <Exposure {...data} />
  </>
));
