import assert from "node:assert/strict";
import fc from "fast-check";
import type { TradeRow } from "../../../shared/kpi/mod.ts";
import {
  type RowWindow,
  sizeOf,
  WINDOW_ROWS_MAX,
  withAbove,
  withBelow,
  withChanged,
  withInserted,
} from "./row_window.ts";
import { NEWEST_FIRST } from "./sorts.ts";

/** The n-th row of a list that has the newest first. */
function row(n: number, changes: Partial<TradeRow> = {}): TradeRow {
  const at = new Date(Date.parse("2026-11-23T16:00:00Z") - n * 1_000).toISOString().replace("Z", "000Z");
  return { trade_id: `T-${n}`, booked_at: at, updated_at: at, version: 1, ...changes } as TradeRow;
}

const stretch = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => row(from + n));
const ranksOf = ({ rows, first }: RowWindow) =>
  rows.map(({ trade_id }, n) => Number(trade_id.slice(2)) - (first + n));

Deno.test("withBelow() and withAbove() walk a list of any length in a window that never outgrows its limit", () => {
  const steps = fc.array(fc.boolean(), { maxLength: 60 });
  fc.assert(fc.property(fc.integer({ min: 1, max: 3_000 }), steps, (length, walk) => {
    const page = 100;
    let window: RowWindow = {
      rows: stretch(0, Math.min(page, length)),
      first: 0,
      isStart: true,
      isEnd: length <= page,
    };
    for (const isDown of walk) {
      const { rows, first, isStart, isEnd } = window;
      if (isDown && !isEnd) {
        const to = Math.min(length, first + rows.length + page);
        window = withBelow(window, stretch(first + rows.length, to), to === length);
      } else if (!isDown && !isStart) {
        const from = Math.max(0, first - page);
        window = withAbove(window, stretch(from, first), from === 0);
      }
      assert(window.rows.length <= WINDOW_ROWS_MAX);
      // Every row stands at its own rank, so that none is missing or twice there.
      assert(ranksOf(window).every((off) => off === 0));
      assert.equal(window.isStart, window.first === 0);
      assert.equal(window.isEnd, window.first + window.rows.length === length);
      assert(sizeOf(window, length) === length);
    }
  }));
});

Deno.test("withAbove() says where the start is when fewer rows lie above than was thought", () => {
  const window = { rows: stretch(50, 150), first: 700, isStart: false, isEnd: false };
  const next = withAbove(window, stretch(0, 50), true);
  assert.deepEqual([next.first, next.rows.length, next.rows[50]!.trade_id], [0, 150, "T-50"]);
});

Deno.test("withAbove() keeps a row above in mind while there is one", () => {
  const next = withAbove(
    { rows: stretch(100, 200), first: 40, isStart: false, isEnd: false },
    stretch(50, 100),
    false,
  );
  assert.equal(next.first, 1);
});

Deno.test("withChanged() changes rows where they stand, and never back", () => {
  const window = { rows: stretch(0, 3), first: 0, isStart: true, isEnd: true };
  const newer = row(1, { version: 2, status: "confirmed" });
  const { window: next, others } = withChanged(window, [newer, row(9)]);
  assert.deepEqual(next.rows, [row(0), newer, row(2)]);
  assert.deepEqual(others, [row(9)]);
  assert.equal(withChanged(next, [row(1)]).window, next);
});

Deno.test("withInserted() puts rows where they belong and leaves out what lies below", () => {
  const window = { rows: stretch(10, 20), first: 0, isStart: true, isEnd: false };
  const next = withInserted(window, NEWEST_FIRST, [row(50), row(3), row(4)]);
  assert.deepEqual(next.rows.slice(0, 3).map(({ trade_id }) => trade_id), ["T-3", "T-4", "T-10"]);
  assert.equal(next.rows.length, 12);
  const many = withInserted(window, NEWEST_FIRST, stretch(-2 * WINDOW_ROWS_MAX, 0));
  assert.deepEqual([many.rows.length, many.isEnd], [WINDOW_ROWS_MAX, false]);
});
