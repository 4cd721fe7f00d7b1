/**
 * Everything at once on a real database: writers, sweeps, analysts, a sign-off and limits from several connections, in
 * whatever order they meet. Afterwards every aggregate equals a recount, and both logs are whole.
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { findAltered } from "../consumer/audit.ts";
import type { Decoded } from "../consumer/decode.ts";
import { evaluateLimits } from "../consumer/limits.ts";
import { writeBatch } from "../consumer/store/mod.ts";
import { sweep } from "../consumer/sweep.ts";
import type { Database } from "../shared/platform/postgres.ts";
import { CALENDARS } from "../shared/trade/calendar/calendars.ts";
import type { Trade } from "../shared/trade/trade.ts";
import { toBusinessDay } from "../web/store/business_day.ts";
import { actOnBreak } from "../web/store/breaks.ts";
import { signOff } from "../web/store/sign_offs.ts";
import { one } from "./harness.ts";
import { assertRecounts } from "./recount.ts";
import { booking, DAY, fill, storeTest } from "./store_world.ts";

type Step =
  | { readonly kind: "book"; readonly trade: number; readonly changes: Partial<Trade> }
  | { readonly kind: "fill"; readonly trade: number; readonly price: string }
  | { readonly kind: "act"; readonly action: string; readonly actor: string; readonly nth: number }
  | { readonly kind: "sweep" }
  | { readonly kind: "limits" };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("book" as const),
      trade: fc.integer({ min: 1, max: 5 }),
      changes: fc.record({
        version: fc.integer({ min: 1, max: 4 }),
        price: fc.constantFrom("98.40625000", "98.50"),
        stage: fc.constantFrom("pending_confirmation", "confirmed", "settled", "cancelled"),
        counterparty: fc.constantFrom("Citi", "UBS"),
        reportedBreak: fc.constantFrom(null, "mismatch"),
      }) as fc.Arbitrary<Partial<Trade>>,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("fill" as const),
      trade: fc.integer({ min: 1, max: 5 }),
      price: fc.constantFrom("98.40625", "98.50", "99"),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("act" as const),
      action: fc.constantFrom(
        "assign",
        "review",
        "resolve",
        "write-off",
        "force-match",
        "approve",
        "reject",
        "reopen",
      ),
      actor: fc.constantFrom("anna", "ben"),
      nth: fc.nat(9),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "sweep" } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: "limits" } as const) },
);

const SWEEP = {
  group: "tests",
  tradesTopic: "trades",
  fixTopic: "fix-trades",
  graceSeconds: 0,
  missing: "both",
} as const;

/** Refusals of `change_break`: somebody was faster, or the action does not fit. */
const REFUSALS = ["P0002", "BW403", "BW409", "BW422"];

async function actOn(
  database: Database,
  { action, actor, nth }: Extract<Step, { kind: "act" }>,
): Promise<void> {
  const [seen] = await database.query(
    "select id, version::float8 as version from breaks order by id offset $1 limit 1",
    [
      nth,
    ],
  );
  if (seen === undefined) return;
  const call = { id: seen.id, version: seen.version, action, actor, text: "because", details: {} };
  try {
    await actOnBreak(database, call, CALENDARS.XNYS);
  } catch (error) {
    if (!REFUSALS.includes((error as { code?: string }).code ?? "")) throw error;
  }
}

function take(database: Database, group: string, run: number, step: Step): Promise<unknown> {
  const write = (record: Decoded) => writeBatch(database, group, [record], []);
  switch (step.kind) {
    case "book":
      return write(booking(`R${run}-${step.trade}`, {
        ...step.changes,
        eventType: step.changes.stage === "cancelled" ? "cancelled" : "status",
      }));
    case "fill":
      return write(fill(`E-R${run}-${step.trade}`, { price: step.price }));
    case "act":
      return actOn(database, step);
    case "sweep":
      return sweep(database, SWEEP);
    case "limits":
      return evaluateLimits(database);
  }
}

storeTest(
  "aggregates and logs hold after any interleaving of writers, sweeps and users",
  async (database) => {
    await database.query(
      `insert into ingest_progress (consumer_group, topic, partition, next_offset, end_offset, updated_at)
    select 'tests', topic, 0, 1, 1, 'infinity' from unnest(array['trades', 'fix-trades']) topic`,
    );
    await database.query("select set_limit('Citi', 0, 'gross', 10000, 20000, '2020-01-01', 'anna', null)");
    let run = 0;
    const anyLane = fc.array(anyStep, { minLength: 3, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(fc.array(anyLane, { minLength: 3, maxLength: 4 }), async (lanes) => {
        run += 1;
        await Promise.all(lanes.map(async (steps, lane) => {
          for (const step of steps) await take(database, `group ${lane}`, run, step);
        }));
        await assertRecounts(database);
        assert.deepEqual(await findAltered(database), []);
      }),
      { numRuns: 15 },
    );
    const day = toBusinessDay(DAY, CALENDARS.XNYS)!;
    await Promise.all([
      signOff(database, { day, actor: "olga", text: null }, CALENDARS.XNYS),
      ...[1, 2, 3].map((trade) =>
        take(database, "late", run, { kind: "book", trade, changes: { version: 9, price: "1.00" } })
      ),
    ]);
    assert.deepEqual(await findAltered(database), []);
    const { deadlocks } = await one(
      database,
      "select deadlocks::float8 as deadlocks from pg_stat_database where datname = current_database()",
    );
    const { events } = await one(database, "select count(*)::float8 as events from break_events");
    console.log(`${events} events of breaks, ${deadlocks} deadlocks, each tried again`);
    assert(Number(events) > 50, "breaks were worked on");
  },
);
