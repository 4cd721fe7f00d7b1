/**
 * Walks the log of breaks and the log of decisions (sign-offs, limits, tolerances) and names every place where one was
 * altered: each event's hash covers the one before it.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { readAll } from "../shared/platform/env.ts";
import { openLog, readLogLevel } from "../shared/platform/log.ts";
import { openDatabase, type Session } from "../shared/platform/postgres.ts";
import { runProgram } from "../shared/platform/program.ts";
import { readDatabaseUrl, withLocalStack } from "../shared/platform/settings.ts";

/** One line for each place where the log does not add up; none: it is whole. */
export async function findAltered(session: Session): Promise<string[]> {
  const links = await session.query(
    "select id, break_id, version, action, actor from broken_break_events() order by id::bigint",
  );
  const ends = await session.query(
    `select b.id, b.version, coalesce(max(e.version), 0) as told from breaks b
     left join break_events e on e.break_id = b.id
     group by b.id having b.version <> coalesce(max(e.version), 0) or b.version <> count(e.id) order by b.id`,
  );
  const decisions = await session.query(
    "select id, kind, key, actor from broken_audit_events() order by id::bigint",
  );
  const signOffs = await session.query("select business_date, problem from broken_sign_offs()");
  const tolerances = await session.query("select id from broken_tolerances() t(id)");
  const limits = await session.query("select counterparty, version from broken_limits()");
  return [
    ...links.map(({ id, break_id, version, action, actor }) =>
      `event ${id} (break ${break_id}, version ${version}, ${action} by ${actor}) does not follow from the event ` +
      "before it: it was altered or inserted, or the one before it was altered or removed"
    ),
    ...ends.map(({ id, version, told }) =>
      `break ${id} is at version ${version}, its events tell of ${told}: events were removed`
    ),
    ...decisions.map(({ id, kind, key, actor }) =>
      `decision ${id} (${kind} ${key} by ${actor}) does not follow from the one before it: it was altered or ` +
      "inserted, or the one before it was altered or removed"
    ),
    ...limits.map(({ counterparty, version }) =>
      `limit ${version} of ${counterparty} is not what its decision says: it was altered, removed or inserted`
    ),
    ...tolerances.map(({ id }) =>
      `tolerance ${id} is not what its decision says: it was altered, removed or inserted`
    ),
    ...signOffs.map(({ business_date, problem }) => `sign-off ${business_date} ${problem}`),
  ];
}

const HELP =
  `Verifies the logs of breaks and decisions: finds every altered, removed or inserted event and says which.

  deno task audit:verify

  --help  this text

Exit code 0: the log is whole; 1: it is not, one line for each place.
Settings: DATABASE_URL (else the local stack, if it is up), LOG_LEVEL`;

if (import.meta.main) {
  await runProgram("audit:verify", async () => {
    const { values } = parseArgs({ args: Deno.args, options: { help: { type: "boolean", short: "h" } } });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const env = withLocalStack(Deno.env);
    const config = readAll({ databaseUrl: () => readDatabaseUrl(env), logLevel: () => readLogLevel(env) });
    const log = openLog("audit", config.logLevel);
    const database = openDatabase(config.databaseUrl, {
      connectionsMax: 1,
      applicationName: "breakwater-audit",
      log,
    });
    const [{ events } = { events: "0" }] = await database.query(
      "select (select count(*) from break_events) + (select count(*) from audit_events) as events",
    );
    const altered = await findAltered(database);
    for (const line of altered) console.log(line);
    console.log(altered.length === 0 ? `${events} events, all whole` : `${altered.length} places altered`);
    await database.close();
    return altered.length === 0 ? 0 : 1;
  });
}
