/**
 * Dead letters through the API and as pages, on a real database: pages of them by any filter, every byte, and what
 * is asked wrongly.
 */

import assert from "node:assert/strict";
import { migrate } from "../consumer/migrate.ts";
import { type World, worldTest } from "./harness.ts";
import { startWeb } from "./web_world.ts";

interface Letter {
  readonly topic: string;
  readonly code: string;
  readonly value: Uint8Array | null;
  readonly status?: string;
}

/** Numbered from 1 on. */
async function setAside({ database }: World, letters: readonly Letter[]): Promise<void> {
  await migrate(database);
  for (const [n, { topic, code, value, status = "open" }] of letters.entries()) {
    await database.query(
      `insert into dead_letters (topic, partition, "offset", digest, key, value, code, text, status)
      values ($1, 0, $2, '\\x00', 'key', $3, $4, 'text', $5)`,
      [topic, n, value, code, status],
    );
  }
}

const JSON_BYTES = new TextEncoder().encode('{"trade_id": "T-1", "quantity": 1e400}');
const ANY_BYTES = Uint8Array.from({ length: 256 }, (_, n) => n);

worldTest("dead letters come in pages, the newest first, by topic, reason and state", async (world) => {
  await setAside(world, [
    { topic: "trades", code: "json", value: JSON_BYTES },
    { topic: "trades", code: "json", value: JSON_BYTES, status: "reingested" },
    { topic: "fix", code: "checksum", value: ANY_BYTES },
    { topic: "trades", code: "empty", value: null },
  ]);
  const web = await startWeb(world);
  const ids = async (query: string) => {
    const { items } = await web.json(`/api/v1/dead-letters${query}`);
    return items.map(({ id }: { id: number }) => id);
  };
  assert.deepEqual(await ids(""), [4, 3, 1]);
  assert.deepEqual(await ids("?status=all"), [4, 3, 2, 1]);
  assert.deepEqual(await ids("?topic=trades&code=json"), [1]);
  assert.deepEqual(await ids("?status=reingested"), [2]);

  const first = await web.json("/api/v1/dead-letters?limit=2");
  assert.deepEqual(await ids(`?limit=2&cursor=${first.next}`), [1]);
  assert.equal((await web.json(`/api/v1/dead-letters?limit=3`)).next, null);

  const { items } = await web.json("/api/v1/dead-letters/summary");
  assert.deepEqual(
    items.map(({ topic, code, status, letters }: Record<string, unknown>) => [topic, code, status, letters]),
    [
      ["fix", "checksum", "open", 1],
      ["trades", "empty", "open", 1],
      ["trades", "json", "open", 1],
      ["trades", "json", "reingested", 1],
    ],
  );
});

worldTest("a dead letter has all of its bytes, and a page whatever they are", async (world) => {
  await setAside(world, [
    { topic: "fix", code: "garbled", value: ANY_BYTES },
    { topic: "trades", code: "empty", value: null },
    { topic: "trades", code: "too_large", value: new Uint8Array(1_000_000).fill(0x5b) },
    { topic: "trades", code: "json", value: JSON_BYTES },
  ]);
  const web = await startWeb(world);
  const letter = await web.json("/api/v1/dead-letters/1");
  assert.deepEqual(Uint8Array.fromBase64(letter.value), ANY_BYTES);
  assert.deepEqual([letter.size, letter.key, letter.offset], [256, "key", "0"]);
  assert.equal((await web.json("/api/v1/dead-letters/2")).value, null);
  const pages = await Promise.all(
    [1, 2, 3, 4].map(async (id) => (await web.get(`/dead-letters/${id}`)).text()),
  );
  assert.match(pages[1]!, /none: a tombstone/);
  assert.match(pages[2]!, /The first 4,096 of 1,000,000/);
  assert.match(pages[3]!, /&quot;quantity&quot;: 1e400/);
});

worldTest("what is asked wrongly of dead letters is refused with its reason", async (world) => {
  await setAside(world, []);
  const web = await startWeb(world);
  const REFUSED: [path: string, status: number, says: RegExp][] = [
    ["?status=lost", 400, /status must be one of open, reingested/],
    ["?reason=json", 400, /no parameter reason/],
    ["?limit=0", 400, /limit/],
    ["?cursor=abc", 400, /cursor/],
    ["/1", 404, /no dead letter "1"/],
    ["/x", 404, /no dead letter "x"/],
    ["/99999999999999999999", 404, /no dead letter/],
  ];
  for (const [path, status, says] of REFUSED) {
    const response = await web.get(`/api/v1/dead-letters${path}`);
    assert.equal(response.status, status, path);
    assert.match((await response.json()).detail, says);
  }
  assert.equal((await web.get("/dead-letters?status=lost")).status, 400);
  assert.equal((await web.get("/dead-letters/1")).status, 404);
  assert.deepEqual(await web.json("/api/v1/dead-letters"), { items: [], next: null });
});
