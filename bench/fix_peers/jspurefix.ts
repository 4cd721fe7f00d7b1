/**
 * jspurefix, in a process of its own: it is a peer to measure against, and no dependency of the project.
 *
 * @module
 */

import { join } from "node:path";

interface Rate {
  readonly name: string;
  readonly messages: number;
  readonly seconds: number;
}

/** It is slow enough that a part of the corpus tells its rate. */
const MESSAGES_MAX = 20_000;

/** @returns Its rate, or nothing, said on the standard error, where it cannot be fetched or run. */
export async function runJspurefix(messages: readonly Uint8Array[]): Promise<Rate[]> {
  const path = await Deno.makeTempFile();
  try {
    const some = messages.slice(0, MESSAGES_MAX);
    await Deno.writeTextFile(
      path,
      JSON.stringify(some.map((bytes) => new TextDecoder("latin1").decode(bytes))),
    );
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-config",
        "--no-lock",
        "--no-check",
        "-A",
        join(import.meta.dirname!, "jspurefix_run.ts"),
        path,
      ],
      stdout: "piped",
      stderr: "piped",
    }).output();
    if (success) return [JSON.parse(new TextDecoder().decode(stdout).trim().split("\n").at(-1)!) as Rate];
    console.error(`jspurefix did not run: ${new TextDecoder().decode(stderr).slice(-500)}`);
    return [];
  } finally {
    await Deno.remove(path);
  }
}
