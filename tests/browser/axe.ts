// axe-core, run in the page itself: it looks for what it finds and describes nothing else, which takes a third of the time.

import { readFileSync } from "node:fs";
import { expect, type Page } from "./site";

const script = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

interface Axe {
  run(context: Document, options: object): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }>;
}

/** No barrier that axe knows. Where colors are forced they are the reader's own, and axe reads the ones that the page would have. */
export async function clean(page: Page, isForced = false): Promise<void> {
  await page.evaluate(`if (!window.axe) { ${script} }`);
  const found = await page.evaluate(async (isForced) => {
    const { axe } = window as unknown as { axe: Axe };
    // That cells have heads is a rule of axe that has to be asked for.
    const rules = { "color-contrast": { enabled: !isForced }, "td-has-header": { enabled: true } };
    const { violations } = await axe.run(document, { resultTypes: ["violations"], iframes: false, preload: false, rules });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`);
  }, isForced);
  expect(found).toEqual([]);
}
