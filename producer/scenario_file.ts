/**
 * Finds a scenario by its name among those that come along, or by its path.
 *
 * @module
 */

import { join } from "node:path";
import { SettingError } from "../shared/platform/env.ts";
import { readScenario, type Scenario, ScenarioError, SCENARIOS } from "./scenario.ts";

/** @throws {SettingError} If there is no such file, or it holds no scenario. */
export function loadScenario(name: string, readFile: (path: string) => string): Scenario {
  const isOurs = SCENARIOS.some((each) => each === name);
  const path = isOurs ? join(import.meta.dirname!, "scenarios", `${name}.json`) : name;
  let text: string;
  try {
    text = readFile(path);
  } catch {
    const names = SCENARIOS.join(", ");
    throw new SettingError([`--scenario must be ${names} or a file that can be read, not "${name}"`]);
  }
  try {
    return readScenario(text, name);
  } catch (error) {
    if (error instanceof ScenarioError) {
      throw new SettingError(error.problems.map((problem) => `--scenario ${name}: ${problem}`));
    }
    throw error;
  }
}
