/**
 * Accessibility as axe-core judges it in a real browser: WCAG 2.2 AA and axe's own good practice.
 *
 * @module
 */

import assert from "node:assert/strict";
import axe, { type AxeResults, type RunOptions } from "axe-core";
import type { Page } from "playwright-core";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails with a line for each fault of the page as it stands now: the rule, the element and what is wrong with it. */
export async function assertAccessible(page: Page, what: string = page.url()): Promise<void> {
  // Evaluated, not added as a script: the page's own policy would refuse that.
  await page.evaluate(axe.source);
  const options: RunOptions = { runOnly: { type: "tag", values: TAGS }, resultTypes: ["violations"] };
  const { violations, passes } = await page.evaluate(
    (options) => (globalThis as unknown as { axe: typeof axe }).axe.run(document, options),
    options,
  ) as AxeResults;
  assert(passes.length > 10, `${what}: axe found next to nothing to judge`);
  const faults = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      `${id}: ${target.join(" ")} ${failureSummary?.replace(/\s+/g, " ")}`
    )
  );
  assert.deepEqual(faults, [], `${what}:\n${faults.join("\n")}`);
}
