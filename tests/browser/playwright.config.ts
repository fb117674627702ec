// The browser tests. AMENDS names the program (default: target/debug/amends), CHROMIUM and FIREFOX the browsers; without it a
// system Chromium is looked for, then Playwright's own is used.

import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const browsers = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = browsers.find((path) => path && existsSync(path));

export default defineConfig({
  testDir: ".",
  globalSetup: "./setup.ts",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: Boolean(process.env["CI"]),
  workers: 2,
  // Nothing here depends on how fast the machine is: the limits only end what hangs.
  timeout: 600_000,
  expect: { timeout: 60_000 },
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
