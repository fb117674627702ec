// Test fixtures: a course served under a sub-path, and a page on which a console message, a script error or a request to
// another origin fails the test.

import { test as base, expect, type Page } from "@playwright/test";
import { practice, type Course } from "./courses";
import { host } from "./host";
import { begin, type Mode, waitForPlayer } from "./player";

export { expect };
export type { Page };

/** Adds to `faults` what the page does that it must not do. */
function recordFaults(page: Page, faults: string[]): void {
  const origins = new Set<string>();
  page.on("console", (message) => {
    // Playwright's own message about service workers.
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
  /** Opens a scenario, waits for the player, and starts a play if a mode is given. */
  open(path: string, mode?: Mode): Promise<void>;
  /** What the page has done wrong so far. */
  faults: string[];
  /** Expects every fault so far to match `kind`, and forgets them. */
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
      await waitForPlayer(page);
      if (mode) await begin(page, mode);
    }),
  faults: [
    async ({ page }, use) => {
      const faults: string[] = [];
      recordFaults(page, faults);
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
