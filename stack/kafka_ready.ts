/**
 * Asks a broker for its metadata. An open port is no readiness: a broker takes connections before it has joined
 * its own cluster, and only then does its metadata list a broker.
 *
 * The request is Metadata v1 without topics, the smallest question there is, so that waiting needs no client.
 *
 * @see https://kafka.apache.org/protocol#The_Messages_Metadata
 * @module
 */

const METADATA = 3;
const ANSWER_WITHIN_MS = 2_000;
const ANSWER_BYTES_MAX = 65_536;

/** True once the broker on this port of the loopback lists itself. */
export async function kafkaAnswers(port: number): Promise<boolean> {
  let connection: Deno.TcpConn;
  try {
    connection = await Deno.connect({ hostname: "127.0.0.1", port });
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return false;
    throw error;
  }
  const timer = setTimeout(() => connection.close(), ANSWER_WITHIN_MS);
  try {
    await connection.write(metadataRequest());
    const answer = await readAnswer(connection);
    // Correlation id, then the number of live brokers.
    return answer !== undefined && new DataView(answer.buffer).getInt32(4) > 0;
  } catch {
    // Cut off while it starts or stops: no answer, whatever the reason.
    return false;
  } finally {
    clearTimeout(timer);
    try {
      connection.close();
    } catch {
      // The timer closed it.
    }
  }
}

function metadataRequest(): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(18));
  bytes.setInt32(0, 14);
  bytes.setInt16(4, METADATA);
  bytes.setInt16(6, 1);
  bytes.setInt32(8, 1);
  bytes.setInt16(12, -1);
  bytes.setInt32(14, 0);
  return new Uint8Array(bytes.buffer);
}

async function readAnswer(connection: Deno.TcpConn): Promise<Uint8Array | undefined> {
  const size = await readBytes(connection, 4);
  if (size === undefined) return undefined;
  const length = new DataView(size.buffer).getInt32(0);
  return length < 8 || length > ANSWER_BYTES_MAX ? undefined : await readBytes(connection, length);
}

async function readBytes(connection: Deno.TcpConn, length: number): Promise<Uint8Array | undefined> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const read = await connection.read(bytes.subarray(at));
    if (read === null) return undefined;
    at += read;
  }
  return bytes;
}
