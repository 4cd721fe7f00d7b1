/**
 * A TCP connection that a test can cut: what lies behind it is away for whoever connects through it.
 *
 * @module
 */

export interface Proxy {
  readonly port: number;
  /** Ends every connection and refuses new ones until `heal`. */
  cut(): void;
  heal(): void;
  close(): void;
}

export function openProxy(hostname: string, port: number): Proxy {
  const connections = new Set<Deno.TcpConn>();
  let isCut = false;
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const drop = (connection: Deno.TcpConn) => {
    if (!connections.delete(connection)) return;
    try {
      connection.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  };

  async function pass(near: Deno.TcpConn): Promise<void> {
    connections.add(near);
    if (isCut) return drop(near);
    const far = await Deno.connect({ hostname, port });
    connections.add(far);
    const both = [near.readable.pipeTo(far.writable), far.readable.pipeTo(near.writable)];
    await Promise.any(both.map((direction) => direction.finally(() => [near, far].forEach(drop)))).catch(
      () => {},
    );
    await Promise.allSettled(both);
  }

  (async () => {
    for await (const connection of listener) pass(connection).catch(() => drop(connection));
  })();

  return {
    port: listener.addr.port,
    cut: () => {
      isCut = true;
      [...connections].forEach(drop);
    },
    heal: () => isCut = false,
    close: () => {
      [...connections].forEach(drop);
      listener.close();
    },
  };
}
