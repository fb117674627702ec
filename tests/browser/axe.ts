// Runs axe-core in the page. It collects violations only, which takes a third of the time of a full report.

import { readFileSync } from "node:fs";
import { expect, type Page } from "./site";

const script = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

interface Axe {
  run(context: Document, options: object): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }>;
}

/** Expects no violation that axe detects. Forced colors are the reader's own, but axe sees those of the page, so contrast is
 *  not checked then. */
export async function expectAccessible(page: Page, hasForcedColors = false): Promise<void> {
  await page.evaluate(`if (!window.axe) { ${script} }`);
  const violations = await page.evaluate(async (hasForcedColors) => {
    const { axe } = window as unknown as { axe: Axe };
    // axe checks that cells have headers only on request.
    const rules = { "color-contrast": { enabled: !hasForcedColors }, "td-has-header": { enabled: true } };
    const { violations } = await axe.run(document, { resultTypes: ["violations"], iframes: false, preload: false, rules });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`);
  }, hasForcedColors);
  expect(violations).toEqual([]);
}
