// Packages on learning platforms that others wrote, as `cargo xtask hosts` fetches them; HOSTS names their folder.

import browser from "../browser/playwright.config";

export default { ...browser, testDir: ".", globalSetup: "./setup.ts", workers: 1 };
