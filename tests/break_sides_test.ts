/**
 * Both sides of a break as the API names them: every field, which side differs, what we expect and the tolerance.
 */

import assert from "node:assert/strict";
import { worldTest } from "./harness.ts";
import { booking, execution } from "./messages.ts";
import { startWeb, write } from "./web_world.ts";

interface Field {
  readonly field: string;
  readonly book: string | null;
  readonly street: string | null;
  readonly expected: string | null;
  readonly is_equal: boolean | null;
  readonly break_id: number | null;
  readonly differs: string | null;
}

worldTest("a break names both sides field by field, and other breaks of its pair", async (world) => {
  // The street settles a day late, and pays a cent more than the book, which is within its tolerance.
  await write(world, [booking()], [execution({ 31: "272.50", 64: "20261125", 12: "2.73" })]);
  const web = await startWeb(world);
  const { items } = await web.json("/api/v1/breaks");
  const idOf = (type: string) => items.find((item: { type: string }) => item.type === type)?.id;
  const { sides } = await web.json(`/api/v1/breaks/${idOf("price")}`);
  const field = (name: string) => sides.fields.find((one: Field) => one.field === name) as Field;

  const { expected, ...price } = field("price");
  assert.deepEqual({ ...price, break_id: null }, {
    field: "price",
    book: "271.50",
    street: "272.50",
    is_equal: false,
    break_id: null,
    differs: price.differs,
  });
  assert.equal(price.break_id, idOf("price"));
  assert.equal(expected, null);
  assert.deepEqual(field("settlement_date"), {
    field: "settlement_date",
    book: "2026-11-24",
    street: "2026-11-25",
    expected: "2026-11-24",
    is_equal: false,
    break_id: idOf("settlement_date"),
    differs: "street",
  });
  assert.deepEqual([field("quantity").is_equal, field("quantity").break_id], [true, null]);
  assert.deepEqual([field("brokerage_fee").is_equal, field("brokerage_fee").break_id], [false, null]);
  assert.deepEqual([field("exchange_fee").street, field("exchange_fee").is_equal], [null, null]);
  assert.equal(sides.tolerance.valid_from, "1970-01-01");
});

worldTest("of a pair that lacks a side, the break names the one there is", async (world) => {
  await write(world, [
    booking({ status: "Break - Missing Trade", exec_id: undefined }),
  ]);
  const web = await startWeb(world);
  const { items: [item] } = await web.json("/api/v1/breaks");
  const { sides, type } = await web.json(`/api/v1/breaks/${item.id}`);
  assert.equal(type, "reported");
  const quantity = sides.fields.find((one: Field) => one.field === "quantity");
  assert.deepEqual([quantity.book, quantity.street, quantity.is_equal], ["100", null, null]);
  assert.equal(sides.tolerance, null);
});
