/**
 * The stream on a real database: the figures at once, then every change, over reconnects and the loss of the
 * database, and never a number that goes back.
 *
 * @module
 */

import assert from "node:assert/strict";
import { one, worldTest } from "./harness.ts";
import { openEventStream, type StreamEvent } from "./event_stream.ts";
import { booking, manyBookings } from "./messages.ts";
import { until } from "./programs.ts";
import { openProxy } from "./proxy.ts";
import { startWeb, write } from "./web_world.ts";

const tradeIds = (events: readonly StreamEvent[]) =>
  events.filter(({ name }) => name === "trades")
    .flatMap(({ data }) => data.items.map(({ trade_id }: { trade_id: string }) => trade_id));

const holds = (tradeId: string) => (event: StreamEvent) => tradeIds([event]).includes(tradeId);

worldTest(
  "a viewer gets the figures at once, then changes, and figures at least every 5 s",
  async (world) => {
    await write(world, [booking()]);
    const web = await startWeb(world);
    const stream = await openEventStream(web.url);
    const first = await stream.next("the figures come", () => true);
    assert.deepEqual([first.name, first.data.trades], ["kpi", 1]);
    assert.match(first.id, /^\d+-\d+$/);

    const startedMs = Date.now();
    await write(world, [booking({ trade_id: "T-2", exec_id: "E-2" })]);
    const change = await stream.next("the trade comes", holds("T-2"));
    assert(change.atMs - startedMs < 1_000, `it took ${change.atMs - startedMs} ms`);
    await stream.next("the figures count it", ({ name, data }) => name === "kpi" && data.trades === 2);

    const quiet = stream.events.length;
    await until("two more figures come without a change", () => stream.events.length >= quiet + 2, 11_000);
    const times = stream.events.filter(({ name }) => name === "kpi").map(({ atMs }) => atMs);
    times.forEach((atMs, n) => assert(n === 0 || atMs - times[n - 1]! <= 5_000));
    await stream.close();
  },
);

worldTest("a viewer who comes back misses nothing, also at another process", async (world) => {
  await write(world, [booking()]);
  const [web, other] = await Promise.all([startWeb(world), startWeb(world)]);
  const before = await openEventStream(web.url);
  const { id, data } = await before.next("the figures come", ({ name }) => name === "kpi");
  await before.close();

  const missed = manyBookings(300, "M");
  for (let at = 0; at < missed.length; at += 20) await write(world, missed.slice(at, at + 20));
  for (const { url } of [web, other]) {
    const after = await openEventStream(url, id);
    const first = await after.next("the figures come", () => true);
    assert.equal(first.name, "kpi");
    assert.equal(first.data.trades, data.trades + 300);
    await after.next("the last one comes", holds("T-M299"));
    const seen = new Set(tradeIds(after.events));
    for (const { trade_id } of missed) assert(seen.has(String(trade_id)), `${trade_id} is missing`);
    assert(!after.events.some(({ name }) => name === "reset"));
    await after.close();
  }
});

worldTest("a cut inside a push loses nothing: only its last event moves the place", async (world) => {
  await write(world, [booking()]);
  const web = await startWeb(world);
  const stream = await openEventStream(web.url);
  const { id } = await stream.next("the figures come", ({ name }) => name === "kpi");
  await write(world, [booking({ trade_id: "T-2", exec_id: "E-2" })]);
  const trades = await stream.next("the trade comes", holds("T-2"));
  assert.equal(trades.id, id);
  const kpi = await stream.next("the place moves", (event) => event.id !== id);
  assert.equal(kpi.name, "kpi");
  await stream.close();
});

worldTest("an id that the feed does not know gets a reset and the whole board", async (world) => {
  await write(world, manyBookings(3));
  const web = await startWeb(world);
  for (const id of ["1-1", "99999999999-1", "nonsense", "7"]) {
    const stream = await openEventStream(web.url, id);
    await stream.next("the figures come", ({ name }) => name === "kpi");
    await stream.next("it is told to start over", ({ name }) => name === "reset");
    await stream.next("the trades come", holds("T-G2"));
    await stream.next("the breaks come", ({ name }) => name === "breaks");
    await stream.close();
  }
});

worldTest("a transaction that commits late is not skipped", async (world) => {
  await write(world, [booking()]);
  const web = await startWeb(world);
  const stream = await openEventStream(web.url);
  await stream.next("the figures come", ({ name }) => name === "kpi");
  const written = Promise.withResolvers<void>();
  const mayCommit = Promise.withResolvers<void>();
  const slow = world.database.transaction(async (tx) => {
    await tx.query("insert into changes (trade_ids, break_ids) values ('{T-1}', '{}')");
    written.resolve();
    await mayCommit.promise;
  });
  await written.promise;
  await write(world, [booking({ trade_id: "T-2", exec_id: "E-2" })]);
  // The figures do not wait for the slow one; the feed does, since its place would lie behind the fast one's.
  await stream.next("the figures count T-2", ({ name, data }) => name === "kpi" && data.trades === 2);
  mayCommit.resolve();
  await slow;
  await stream.next("T-1 comes", holds("T-1"));
  await stream.next("T-2 comes", holds("T-2"));
  await stream.close();
});

worldTest(
  "without its database the web says so, shows what it knew, and recovers by itself",
  async (world) => {
    await write(world, [booking()]);
    const far = new URL(world.settings.DATABASE_URL!);
    const proxy = openProxy(far.hostname, Number(far.port));
    const near = new URL(far);
    [near.hostname, near.port] = ["127.0.0.1", String(proxy.port)];
    const web = await startWeb(world, { DATABASE_URL: near.href });
    const stream = await openEventStream(web.url);
    await stream.next("the figures come", ({ name }) => name === "kpi");
    assert.match(await (await web.get("/")).text(), /<dd[^>]*>1<\/dd>/);

    proxy.cut();
    await stream.next("it is away", ({ name, data }) => name === "status" && data.database === "away");
    const ready = await web.get("/readyz");
    assert.equal(ready.status, 503);
    assert.equal((await ready.json()).database.status, "away");
    assert.equal((await web.get("/healthz")).status, 200);
    assert.equal((await web.get("/api/v1/kpis")).status, 503);
    assert.equal((await web.get("/trades")).status, 503);
    assert.match(await (await web.get("/")).text(), /Database away.*data as of/s);

    await write(world, [booking({ trade_id: "T-2", exec_id: "E-2" })]);
    proxy.heal();
    await stream.next("the trade comes", holds("T-2"));
    await until("it is ready", async () => (await web.get("/readyz")).status === 200);
    const counts = stream.events.filter(({ name }) => name === "kpi").map(({ data }) => data.trades);
    assert.deepEqual(counts, counts.toSorted());
    await stream.close();
    proxy.close();
  },
);

worldTest("a web that starts before its database is migrated is not ready, and becomes so", async (world) => {
  const web = await startWeb(world);
  const before = await web.get("/readyz");
  assert.equal(before.status, 503);
  const { schema, broker, consumer } = await before.json();
  assert.deepEqual([schema.applied, broker.status, consumer.status], [0, "ok", "degraded"]);
  assert.equal((await web.get("/")).status, 200);
  await write(world, [booking()]);
  const after = await web.get("/readyz");
  assert.equal(after.status, 200);
  assert.equal((await after.json()).consumer.status, "degraded");
  const noBroker = await startWeb(world, { KAFKA_BROKERS: "127.0.0.1:1" });
  assert.equal((await noBroker.json("/readyz")).broker.status, "degraded");
  await until("the figures are there", async () => (await web.get("/api/v1/kpis")).status === 200);
  await until("the board has them", async () => /<dt/.test(await (await web.get("/")).text()));
  await world.database.query(
    `insert into ingest_progress (consumer_group, topic, partition, next_offset, end_offset)
    values ($1, $2, 0, 7, 10)`,
    [world.settings.CONSUMER_GROUP, world.tradesTopic],
  );
  assert.equal((await (await web.get("/readyz")).json()).consumer.status, "ok");
  assert.equal((await web.json("/api/v1/kpis")).lag, 3);
  assert.equal((await one(world.database, "select count(*) as n from trades")).n, "1");
});
