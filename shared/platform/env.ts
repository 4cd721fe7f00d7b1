/**
 * Reads settings from the environment: one reader for each kind of value, and one error that names every fault
 * at once, so that a user mends the settings in one go.
 *
 * @module
 */

/** Where settings come from. `Deno.env` is one; tests pass a map. */
export interface Env {
  get(name: string): string | undefined;
}

/** A setting is missing or wrong. Nothing was connected yet; the program ends with exit code 2. */
export class SettingError extends Error {
  override readonly name = "SettingError";

  constructor(readonly faults: readonly string[]) {
    super(faults.join("\n"));
  }
}

/**
 * Reads a text.
 *
 * @throws {SettingError} If it is unset or empty and has no preset.
 */
export function text(env: Env, name: string, bounds: { preset?: string; hint?: string } = {}): string {
  const value = env.get(name)?.trim() || bounds.preset;
  if (value === undefined) throw fault(name, `is not set${bounds.hint ? `: ${bounds.hint}` : ""}`);
  return value;
}

/** @throws {SettingError} If it is no whole number between `min` and `max`. */
export function integer(
  env: Env,
  name: string,
  bounds: { preset: number; min: number; max: number },
): number {
  const value = env.get(name)?.trim();
  if (!value) return bounds.preset;
  const number = Number(value);
  if (!/^[+-]?\d+$/.test(value) || number < bounds.min || number > bounds.max) {
    throw fault(name, `must be a whole number from ${bounds.min} to ${bounds.max}, not "${value}"`);
  }
  return number;
}

/** Reads one of a few words; case does not matter. */
export function choice<const T extends string>(
  env: Env,
  name: string,
  bounds: { of: readonly T[]; preset: T },
): T {
  const value = env.get(name)?.trim().toLowerCase();
  if (!value) return bounds.preset;
  const found = bounds.of.find((word) => word === value);
  if (found === undefined) throw fault(name, `must be one of ${bounds.of.join(", ")}, not "${value}"`);
  return found;
}

const YES = ["1", "true", "yes", "on"];
const NO = ["0", "false", "no", "off"];

/** Reads a yes or no: `1 true yes on` or `0 false no off`. */
export function flag(env: Env, name: string, bounds: { preset: boolean }): boolean {
  const value = env.get(name)?.trim().toLowerCase();
  if (!value) return bounds.preset;
  if (YES.includes(value)) return true;
  if (NO.includes(value)) return false;
  throw fault(name, `must be true or false, not "${value}"`);
}

/**
 * Reads what is in the file that a setting names; null stands for a setting that is unset.
 *
 * @throws {SettingError} In one line, if there is no such file or `read` throws at what it holds.
 */
export function fromFile<T>(
  env: Env,
  name: string,
  read: (text: string | null) => T,
  readFile = Deno.readTextFileSync,
): T {
  const path = env.get(name)?.trim();
  if (!path) return read(null);
  try {
    return read(readFile(path));
  } catch (error) {
    const seen = (error as Error).message.replaceAll(/\s+/g, " ");
    throw fault(name, `"${path}" cannot be used: ${seen}`);
  }
}

/**
 * Calls every reader and gathers the faults of all of them.
 *
 * @throws {SettingError} With one line for each fault.
 */
export function readAll<T extends object>(readers: { readonly [K in keyof T]: () => T[K] }): T {
  const values: Partial<T> = {};
  const faults: string[] = [];
  for (const name of Object.keys(readers) as (keyof T)[]) {
    try {
      values[name] = readers[name]();
    } catch (error) {
      if (!(error instanceof SettingError)) throw error;
      faults.push(...error.faults);
    }
  }
  if (faults.length > 0) throw new SettingError([...new Set(faults)]);
  return values as T;
}

/** The error of one setting, for readers that check more than the ones here. */
export function fault(name: string, problem: string): SettingError {
  return new SettingError([`${name} ${problem}`]);
}
