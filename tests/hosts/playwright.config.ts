// Settings of the tests on learning platforms by others, which `cargo xtask hosts` fetches; HOSTS names their folder.

import browser from "../browser/playwright.config";

export default { ...browser, testDir: ".", globalSetup: "./setup.ts", workers: 1 };
