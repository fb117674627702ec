// Settings of the browser tests. AMENDS names the program (default: target/debug/amends), CHROMIUM and FIREFOX the browsers.
// Without CHROMIUM, a system Chromium is used if there is one, else Playwright's own.

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
  // No test depends on the speed of the machine: these limits only stop a test that hangs.
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
    // Allowed only in tests of offline use: elsewhere each test would fetch the whole course.
    serviceWorkers: "block",
    contextOptions: { reducedMotion: "reduce" },
  },
});
