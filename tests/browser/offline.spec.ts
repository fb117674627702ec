// Offline use: the service worker caches the course after the first visit, and never mixes two versions.

import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { practice, SCENARIO } from "./courses";
import { host } from "./host";
import { begin, playToEnd, waitForPlayer } from "./player";
import { amends, build, temporary } from "./program";
import { expect, test, type Page } from "./site";

test.use({ serviceWorkers: "allow" });

/** Waits until the service worker has cached the course and controls this page. */
async function waitForWorker(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
}

test("after the first visit the whole course works offline, as the record says, until the data is deleted", async ({ page, open, context, url }) => {
  await page.goto(url("index.html"));
  await waitForWorker(page);
  await page.goto(url("record/index.html"));
  await expect(page.getByText("The course is available offline.")).toBeVisible();
  await context.setOffline(true);
  await page.goto(url(practice.lessons.at(-1)!));
  await expect(page.locator("h1")).not.toBeEmpty();
  await open(practice.scenarios.at(-1)!, "challenge");
  await expect(page.locator("h1")).not.toBeEmpty();
  await playToEnd(page, "first");
  await page.goto(url(""));
  await expect(page.locator(".path")).toBeVisible();
  await page.goto(url("record/index.html"));
  await page.getByRole("button", { name: "Delete my data" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete my data" }).click();
  await expect(page.getByText("The course is available offline.")).toBeHidden();
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
});

test("of a large course the visited pages work offline, and the record does not promise the rest", async ({ page, faults }) => {
  const folder = temporary();
  const site = join(folder, "site");
  amends("new", "--quiet", site);
  const section = join(site, "content/lessons/9-more");
  mkdirSync(section);
  writeFileSync(join(section, "index.md"), "---\ntitle: More\n---\n");
  for (let at = 1; at <= 2000; at++) writeFileSync(join(section, `${at}-more-${at}.md`), `---\ntitle: More ${at}\n---\n\nText.\n`);
  build(site, join(folder, "out"));
  const { root, close, setReachable } = await host(() => join(folder, "out"));
  try {
    await page.goto(`${root}index.html`);
    await waitForWorker(page);
    const scenario = `${root}scenarios/cold-dinner/`;
    for (const visited of [scenario, `${root}lessons/more/more-7/index.html`, `${root}record/index.html`]) {
      await page.goto(visited);
      await page.waitForLoadState("networkidle");
    }
    await expect(page.getByText("The course is available offline.")).toBeHidden();
    // Cuts off the host, because Playwright's offline mode does not apply to a worker that was restarted.
    setReachable(false);
    await page.goto(`${root}lessons/more/more-7/`);
    await expect(page.locator("h1")).toHaveText("More 7");
    await page.goto(scenario);
    await waitForPlayer(page);
    await begin(page, "practice");
    await expect(page.locator(".stage .choice").first()).toBeVisible();
    await expect(page.goto(`${root}lessons/more/more-8/index.html`)).rejects.toThrow();
    await page.waitForURL("chrome-error://**");
    // The browser itself logs each file that it could not load.
    faults.length = 0;
    setReachable(true);
    await page.goto(`${root}lessons/more/more-8/index.html`);
    await expect(page.locator("h1")).toHaveText("More 8");
  } finally {
    close();
    rmSync(folder, { recursive: true });
  }
});

test("no service worker is registered on pages opened from disk", async ({ page }) => {
  await page.goto(practice.fileUrl("index.html"));
  // Registration happens once the page is idle, and from disk it would fail with a console message.
  await page.evaluate(() => new Promise((idle) => requestIdleCallback(() => requestIdleCallback(idle))));
  await expect(page.locator(".path")).toBeVisible();
});

test.describe("a new version", () => {
  let site: string;
  let root: string;
  let close: () => void;

  test.beforeEach(async () => {
    site = temporary();
    cpSync(practice.site, site, { recursive: true });
    ({ root, close } = await host(() => site));
  });
  test.afterEach(() => {
    close();
    rmSync(site, { recursive: true });
  });

  /** Changes a page as an author would. With `isComplete`, the worker's list has the digest of the changed page. */
  function edit(page: string, text: string, isComplete: boolean): void {
    const file = join(site, page);
    const digest = () => createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 16);
    const before = digest();
    writeFileSync(file, readFileSync(file, "utf8").replace(/<h1>[^<]*/, `<h1>${text}`));
    const worker = join(site, "sw.js");
    const version = createHash("sha256").update(text).digest("hex").slice(0, 16);
    const script = readFileSync(worker, "utf8").replace(/"version":"\w+"/, `"version":"${version}"`);
    writeFileSync(worker, isComplete ? script.replace(before, digest()) : script);
  }

  const update = (page: Page) =>
    page.evaluate(async () => {
      const registration = (await navigator.serviceWorker.getRegistration())!;
      await registration.update();
      const worker = registration.installing ?? registration.waiting;
      while (worker && worker.state === "installing") await new Promise((later) => setTimeout(later, 20));
      return worker?.state;
    });

  test("is used completely once no page of the old one is open, and not before", async ({ page, context }) => {
    await page.goto(`${root}index.html`);
    await waitForWorker(page);
    const old = await page.locator("h1").textContent();
    edit("index.html", "A new home", true);
    const other = await context.newPage();
    await other.goto(`${root}${SCENARIO}`);
    await waitForWorker(other);
    expect(await update(page)).toBe("installed");
    await page.reload();
    await expect(page.locator("h1")).toHaveText(old!);
    await page.close();
    await other.close();
    const next = await context.newPage();
    await expect(async () => {
      // Leaves the site first: an open page keeps the old version active.
      await next.goto("about:blank");
      await next.waitForTimeout(200);
      await next.goto(`${root}index.html`);
      await expect(next.locator("h1")).toHaveText("A new home", { timeout: 200 });
    }).toPass();
    expect(await next.evaluate(async () => (await caches.keys()).length)).toBe(1);
  });

  test("is not used if it did not arrive completely", async ({ page, faults }) => {
    await page.goto(`${root}index.html`);
    await waitForWorker(page);
    const old = await page.locator("h1").textContent();
    edit("index.html", "Half of a new home", false);
    expect(await update(page)).toBe("redundant");
    await page.reload();
    await expect(page.locator("h1")).toHaveText(old!);
    faults.length = 0;
  });
});
