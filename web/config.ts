/**
 * Settings of the web program.
 *
 * @module
 */

import { type Env, integer, readAll, text } from "../shared/platform/env.ts";

export interface Config {
  readonly host: string;
  readonly port: number;
}

/** @throws {SettingError} If a setting is out of range, before anything connects. */
export function readConfig(env: Env): Config {
  return readAll<Config>({
    host: () => text(env, "WEB_HOST", { preset: "127.0.0.1" }),
    port: () => integer(env, "WEB_PORT", { preset: 8_000, min: 1, max: 65_535 }),
  });
}
