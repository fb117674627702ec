// Browser tests of a built site. AMENDS_SITE names its folder (default: `public` at the root of the repository),
// CHROMIUM a browser; without it a system Chromium is looked for, then Playwright's own is used.

import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const browsers = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = browsers.find((path) => path && existsSync(path));

export default defineConfig({
  testDir: ".",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: Boolean(process.env["CI"]),
  workers: 2,
  // On a busy machine a browser can be late; a test that needs its second try is reported as flaky.
  retries: process.env["CI"] ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 5_000 },
  reporter: "list",
  use: {
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      chromiumSandbox: false,
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
    // Only where offline is tested: elsewhere each test would fetch the whole course.
    serviceWorkers: "block",
    contextOptions: { reducedMotion: "reduce" },
  },
});
