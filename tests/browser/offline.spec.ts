// The course offline: kept whole after the first visit, and never a mix of two versions.

import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { amends, host, temporary } from "./made";
import { begin, ready } from "./player";
import { expect, folder, lessons, scenarios, test, type Page } from "./site";

test.use({ serviceWorkers: "allow" });

const [path] = scenarios as [string];

/** Waits until the worker has kept the course and answers for this page. */
async function kept(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
}

test("after the first visit the course is there without a network, and the record says so", async ({ page, context, url }) => {
  await page.goto(url("index.html"));
  await kept(page);
  await page.goto(url("record/index.html"));
  await expect(page.getByText("The course is available offline.")).toBeVisible();
  await context.setOffline(true);
  for (const at of [lessons.at(-1)!, scenarios.at(-1)!]) {
    await page.goto(url(at));
    await expect(page.locator("h1")).not.toBeEmpty();
  }
  await ready(page);
  await begin(page, "challenge");
  while ((await page.locator(".stage .ending").count()) === 0) {
    await page.locator(".stage .choice:not([aria-disabled])").first().click();
  }
  await expect(page.locator(".debrief")).toBeVisible();
  await page.goto(url("").replace(/index\.html$/, ""));
  await expect(page.locator(".path")).toBeVisible();
  await page.goto(url("record/index.html"));
  await page.getByRole("button", { name: "Delete my data" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete my data" }).click();
  await expect(page.getByText("The course is available offline.")).toBeHidden();
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
});

test("of a library what was visited is there without a network, and the record promises no more", async ({ page, context, faults }) => {
  const folder = temporary();
  const site = join(folder, "site");
  amends("new", "--quiet", site);
  const section = join(site, "content/lessons/9-more");
  mkdirSync(section);
  writeFileSync(join(section, "index.md"), "---\ntitle: More\n---\n");
  for (let at = 1; at <= 2000; at++) writeFileSync(join(section, `${at}-more-${at}.md`), `---\ntitle: More ${at}\n---\n\nText.\n`);
  amends("build", "--quiet", "--site", site, "--output", join(folder, "out"));
  const { root, close } = await host("/library/", () => join(folder, "out"));
  try {
    await page.goto(`${root}index.html`);
    await kept(page);
    const scenario = `${root}scenarios/cold-dinner/`;
    for (const visited of [scenario, `${root}lessons/more/more-7/index.html`, `${root}record/index.html`]) {
      await page.goto(visited);
      await page.waitForLoadState("networkidle");
    }
    await expect(page.getByText("The course is available offline.")).toBeHidden();
    await context.setOffline(true);
    await page.goto(`${root}lessons/more/more-7/`);
    await expect(page.locator("h1")).toHaveText("More 7");
    await page.goto(scenario);
    await ready(page);
    await begin(page, "practice");
    await expect(page.locator(".stage .choice").first()).toBeVisible();
    await expect(page.goto(`${root}lessons/more/more-8/index.html`)).rejects.toThrow();
    // Without a network the browser says so of each file that is not there.
    faults.length = 0;
    await context.setOffline(false);
    await page.goto(`${root}lessons/more/more-8/index.html`);
    await expect(page.locator("h1")).toHaveText("More 8");
  } finally {
    close();
    rmSync(folder, { recursive: true });
  }
});

test("from the disk no worker is asked for", async ({ page }) => {
  await page.goto(`file://${join(folder, "index.html")}`);
  await page.waitForTimeout(300);
  await expect(page.locator(".path")).toBeVisible();
});

test.describe("a new version", () => {
  let server: Server;
  let site: string;
  let root: string;

  test.beforeEach(async () => {
    site = mkdtempSync(join(tmpdir(), "amends-"));
    cpSync(folder, site, { recursive: true });
    const types: Record<string, string> = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };
    server = createServer((request, response) => {
      const file = join(site, new URL(request.url ?? "/", "http://localhost").pathname);
      response.writeHead(200, { "content-type": types[extname(file)] ?? "text/plain" }).end(readFileSync(file));
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", () => ready()));
    const address = server.address();
    if (!address || typeof address === "string") throw new Error("no port");
    root = `http://127.0.0.1:${address.port}/`;
  });
  test.afterEach(() => {
    server.close();
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
    await other.goto(`${root}${path}`);
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
