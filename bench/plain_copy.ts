/**
 * Records as the stream of a binary COPY into `(key text, value bytea)`: the least that PostgreSQL can do with
 * the same bytes.
 *
 * @see https://www.postgresql.org/docs/18/sql-copy.html, "Binary Format"
 *
 * @module
 */

const SIGNATURE = [0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0x00];
const CHUNK_BYTES = 64 * 1024;
const NULL_LENGTH = -1;

export interface KeyedBytes {
  readonly key: string | null;
  readonly value: Uint8Array | null;
}

export function toBinaryCopy(records: readonly KeyedBytes[]): Uint8Array[] {
  const chunks: Uint8Array[] = [Uint8Array.from([...SIGNATURE, ...new Array(8).fill(0)])];
  const text = new TextEncoder();
  let chunk: Uint8Array[] = [];
  let chunkBytes = 0;
  const flush = () => {
    chunks.push(join(chunk, chunkBytes));
    chunk = [];
    chunkBytes = 0;
  };
  for (const { key, value } of records) {
    const row = toRow(key === null ? null : text.encode(key), value);
    chunk.push(row);
    chunkBytes += row.length;
    if (chunkBytes >= CHUNK_BYTES) flush();
  }
  flush();
  return [...chunks, Uint8Array.of(0xff, 0xff)];
}

function toRow(...fields: (Uint8Array | null)[]): Uint8Array {
  const row = new Uint8Array(2 + fields.reduce((sum, field) => sum + 4 + (field?.length ?? 0), 0));
  const view = new DataView(row.buffer);
  view.setInt16(0, fields.length);
  let at = 2;
  for (const field of fields) {
    view.setInt32(at, field?.length ?? NULL_LENGTH);
    at += 4;
    row.set(field ?? [], at);
    at += field?.length ?? 0;
  }
  return row;
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
