// The site under test, served over a sub-path, and pages that are watched: a message in the console, a fault of a script or a
// request to another origin fails the test.

import { test as base, expect, type Page } from "@playwright/test";
import { practice, type Course } from "./courses";
import { host } from "./host";
import { begin, ready, type Mode } from "./player";

export { expect };
export type { Page };

/** What a watched page did that it must not do. */
function watch(page: Page, faults: string[]): void {
  const origins = new Set<string>();
  page.on("console", (message) => {
    // Playwright's own word, where it keeps workers out.
    if (!message.text().includes("blocked by Playwright")) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol === "data:" || protocol === "blob:") return;
    if (request.isNavigationRequest()) origins.add(origin);
    else if (!origins.has(origin)) faults.push(`request to ${request.url()}`);
  });
}

interface Fixtures {
  /** The course under test. */
  course: Course;
  /** The URL of its site. */
  root: string;
  /** The URL of a page of it. */
  url(path: string): string;
  /** Opens a scenario, waits for the player, and begins where a mode is given. */
  open(path: string, mode?: Mode): Promise<void>;
  /** What the page did wrong so far. */
  faults: string[];
  /** The page was told to do wrong: every fault so far must be of this kind. */
  expectFaults(kind: RegExp): void;
}

export const test = base.extend<Fixtures>({
  course: [practice, { option: true }],
  root: async ({ course }, use) => {
    const { root, close } = await host(() => course.site);
    await use(root);
    close();
  },
  url: async ({ root }, use) => use((path) => root + path),
  open: async ({ page, url }, use) =>
    use(async (path, mode) => {
      await page.goto(url(path));
      await ready(page);
      if (mode) await begin(page, mode);
    }),
  faults: [
    async ({ page }, use) => {
      const faults: string[] = [];
      watch(page, faults);
      await use(faults);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
  expectFaults: async ({ faults }, use) =>
    use((kind) => {
      expect(faults.filter((fault) => !kind.test(fault))).toEqual([]);
      faults.length = 0;
    }),
});
