import assert from "node:assert/strict";
import fc from "fast-check";
import { barOf, type Extent, lastTopOf, SPACE_MAX_PX, spaceOf, topOf } from "./scroll.ts";

const anyExtent: fc.Arbitrary<Extent> = fc.record({
  rows: fc.integer({ min: 0, max: 10_000_000 }),
  rowPx: fc.integer({ min: 20, max: 60 }),
  viewPx: fc.integer({ min: 100, max: 2_000 }),
  headPx: fc.integer({ min: 20, max: 60 }),
});
const START = { bar: 0, top: 0 };

Deno.test("spaceOf() is never higher than a browser can draw", () => {
  fc.assert(fc.property(anyExtent, (extent) => assert(spaceOf(extent) <= SPACE_MAX_PX + extent.headPx)));
});

Deno.test("topOf() leads to the first row at the bar's start and to the last at its end", () => {
  fc.assert(fc.property(anyExtent, (extent) => {
    assert.equal(topOf(extent, 0, { bar: 500, top: 300 }), 0);
    const end = topOf(extent, spaceOf(extent) - extent.viewPx, START);
    assert.equal(end, spaceOf(extent) > extent.viewPx ? lastTopOf(extent) : 0);
  }));
});

Deno.test("topOf() never leaves the list, and a short way moves row by row", () => {
  const anyMove = fc.tuple(
    anyExtent,
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.integer({ min: -99, max: 99 }),
  );
  fc.assert(fc.property(anyMove, ([extent, share, pixels]) => {
    const top = share * lastTopOf(extent);
    const bar = barOf(extent, top);
    const next = topOf(extent, bar + pixels, { bar, top });
    assert(next >= 0 && next <= lastTopOf(extent));
    const isInside = bar + pixels > 0 && bar + pixels < spaceOf(extent) - extent.viewPx - 1;
    const moved = top + pixels / extent.rowPx;
    if (isInside && moved >= 0 && moved <= lastTopOf(extent)) assert(Math.abs(next - moved) < 1e-6);
  }));
});

Deno.test("barOf() and a long way by topOf() agree", () => {
  const extent = { rows: 1_000_000, rowPx: 30, viewPx: 700, headPx: 30 };
  const bar = barOf(extent, 640_000);
  assert(Math.abs(topOf(extent, bar, START) - 640_000) < 1);
});
