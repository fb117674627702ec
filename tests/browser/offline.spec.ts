// The course offline: kept whole after the first visit, and never a mix of two versions.

import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { practice, TALK } from "./courses";
import { host } from "./host";
import { begin, finish, ready } from "./player";
import { amends, build, temporary } from "./program";
import { expect, test, type Page } from "./site";

test.use({ serviceWorkers: "allow" });

/** Waits until the worker has kept the course and answers for this page. */
async function kept(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
}

test("after the first visit the course is there without a network, and the record says so", async ({ page, open, context, url }) => {
  await page.goto(url("index.html"));
  await kept(page);
  await page.goto(url("record/index.html"));
  await expect(page.getByText("The course is available offline.")).toBeVisible();
  await context.setOffline(true);
  await page.goto(url(practice.lessons.at(-1)!));
  await expect(page.locator("h1")).not.toBeEmpty();
  await open(practice.scenarios.at(-1)!, "challenge");
  await expect(page.locator("h1")).not.toBeEmpty();
  await finish(page, "first");
  await page.goto(url(""));
  await expect(page.locator(".path")).toBeVisible();
  await page.goto(url("record/index.html"));
  await page.getByRole("button", { name: "Delete my data" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete my data" }).click();
  await expect(page.getByText("The course is available offline.")).toBeHidden();
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
});

test("of a library what was visited is there without a network, and the record promises no more", async ({ page, faults }) => {
  const folder = temporary();
  const site = join(folder, "site");
  amends("new", "--quiet", site);
  const section = join(site, "content/lessons/9-more");
  mkdirSync(section);
  writeFileSync(join(section, "index.md"), "---\ntitle: More\n---\n");
  for (let at = 1; at <= 2000; at++) writeFileSync(join(section, `${at}-more-${at}.md`), `---\ntitle: More ${at}\n---\n\nText.\n`);
  build(site, join(folder, "out"));
  const { root, close, reach } = await host(() => join(folder, "out"));
  try {
    await page.goto(`${root}index.html`);
    await kept(page);
    const scenario = `${root}scenarios/cold-dinner/`;
    for (const visited of [scenario, `${root}lessons/more/more-7/index.html`, `${root}record/index.html`]) {
      await page.goto(visited);
      await page.waitForLoadState("networkidle");
    }
    await expect(page.getByText("The course is available offline.")).toBeHidden();
    // A worker that was started anew does not know that the browser is to be offline.
    reach(false);
    await page.goto(`${root}lessons/more/more-7/`);
    await expect(page.locator("h1")).toHaveText("More 7");
    await page.goto(scenario);
    await ready(page);
    await begin(page, "practice");
    await expect(page.locator(".stage .choice").first()).toBeVisible();
    await expect(page.goto(`${root}lessons/more/more-8/index.html`)).rejects.toThrow();
    await page.waitForURL("chrome-error://**");
    // Without a network the browser says so of each file that is not there.
    faults.length = 0;
    reach(true);
    await page.goto(`${root}lessons/more/more-8/index.html`);
    await expect(page.locator("h1")).toHaveText("More 8");
  } finally {
    close();
    rmSync(folder, { recursive: true });
  }
});

test("from the disk no worker is asked for", async ({ page }) => {
  await page.goto(practice.onDisk("index.html"));
  // It would be once the page is idle, and be refused with a message.
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

  /** Changes a page as an author would; `isWhole` says whether the worker's list knows the change. */
  function edit(page: string, text: string, isWhole: boolean): void {
    const file = join(site, page);
    const digest = () => createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 16);
    const before = digest();
    writeFileSync(file, readFileSync(file, "utf8").replace(/<h1>[^<]*/, `<h1>${text}`));
    const worker = join(site, "sw.js");
    const version = createHash("sha256").update(text).digest("hex").slice(0, 16);
    const script = readFileSync(worker, "utf8").replace(/"version":"\w+"/, `"version":"${version}"`);
    writeFileSync(worker, isWhole ? script.replace(before, digest()) : script);
  }

  const update = (page: Page) =>
    page.evaluate(async () => {
      const registration = (await navigator.serviceWorker.getRegistration())!;
      await registration.update();
      const arrived = registration.installing ?? registration.waiting;
      while (arrived && arrived.state === "installing") await new Promise((later) => setTimeout(later, 20));
      return arrived?.state;
    });

  test("waits until no page of the old one is open, and then is there whole", async ({ page, context }) => {
    await page.goto(`${root}index.html`);
    await kept(page);
    const old = await page.locator("h1").textContent();
    edit("index.html", "A new home", true);
    const other = await context.newPage();
    await other.goto(`${root}${TALK}`);
    await kept(other);
    expect(await update(page)).toBe("installed");
    await page.reload();
    await expect(page.locator("h1")).toHaveText(old!);
    await page.close();
    await other.close();
    const next = await context.newPage();
    await expect(async () => {
      // Away first: a page that stays would keep the old version alive.
      await next.goto("about:blank");
      await next.waitForTimeout(200);
      await next.goto(`${root}index.html`);
      await expect(next.locator("h1")).toHaveText("A new home", { timeout: 200 });
    }).toPass();
    expect(await next.evaluate(async () => (await caches.keys()).length)).toBe(1);
  });

  test("that does not arrive whole is not taken", async ({ page, faults }) => {
    await page.goto(`${root}index.html`);
    await kept(page);
    const old = await page.locator("h1").textContent();
    edit("index.html", "Half of a new home", false);
    expect(await update(page)).toBe("redundant");
    await page.reload();
    await expect(page.locator("h1")).toHaveText(old!);
    faults.length = 0;
  });
});
