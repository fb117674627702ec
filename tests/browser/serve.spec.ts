// `amends serve` as a writer has it: a file is saved, and the page that shows it follows; no other page moves.

import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { amends, program, temporary } from "./program";
import { ready } from "./player";
import { expect, test, type Page } from "./site";

let work: string;
let site: string;
let served: ChildProcess;
let root: string;

test.beforeEach(async () => {
  work = temporary();
  site = join(work, "course");
  amends("new", "--quiet", site);
  served = spawn(program, ["serve", "--site", site, "--port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
  root = await new Promise<string>((found, failed) => {
    served.once("exit", () => failed(new Error("it does not run")));
    createInterface({ input: served.stderr! }).on("line", (line) => {
      const url = /is shown at (\S+)/.exec(line)?.[1];
      if (url) found(url);
    });
  });
});
test.afterEach(() => {
  served.kill();
  rmSync(work, { recursive: true });
});

const LESSON = "content/lessons/01-hear-first.md";
const TALK = "content/scenarios/cold-dinner.yaml";

function edit(path: string, from: string | RegExp, to: string): void {
  const file = join(site, path);
  const text = readFileSync(file, "utf8");
  expect(text).toMatch(from);
  writeFileSync(file, text.replace(from, to));
}

/** Goes there and waits for the stream of changes, so that none is missed. */
async function open(page: Page, path: string): Promise<void> {
  const listening = page.waitForResponse((response) => response.url().includes("/static/reload?"));
  await page.goto(root + path);
  await listening;
  await mark(page);
}

/** A mark that is gone with the page. */
async function mark(page: Page): Promise<void> {
  await page.evaluate(() => void (document.documentElement.dataset["mark"] = "here"));
}
const marked = (page: Page) => page.evaluate(() => document.documentElement.dataset["mark"] === "here");

/** Waits until every earlier change has arrived: a fault of a model is shown on every page, and comes last. */
async function caughtUp(...pages: Page[]): Promise<void> {
  const file = join(site, "content/models/fault.yaml");
  mkdirSync(join(site, "content/models"), { recursive: true });
  writeFileSync(file, "nonsense: 1\n");
  for (const page of pages) await expect(page.locator("#amends-panel")).toContainText("fault.yaml");
  rmSync(file);
  for (const page of pages) await expect(page.locator("#amends-panel").filter({ hasText: "fault.yaml" })).toHaveCount(0);
}

test("a saved lesson is shown at once, and only where it is looked at", async ({ page, context }) => {
  const other = await context.newPage();
  await open(page, "lessons/hear-first/");
  await open(other, "scenarios/cold-dinner/");
  edit(LESSON, /\n## .*\n/, "\n## A heading that is new\n");
  await expect(page.getByRole("heading", { name: "A heading that is new" })).toBeVisible();
  await caughtUp(page, other);
  expect(await marked(page)).toBe(false);
  expect(await marked(other)).toBe(true);
});

test("a saved style is put on without loading the page again, and in no conversation is anything lost", async ({ page, context }) => {
  const ground = "rgb(1, 2, 3)";
  const other = await context.newPage();
  await open(other, "lessons/hear-first/");
  await open(page, "scenarios/cold-dinner/");
  await ready(page);
  await page.locator("[data-do=start]").click();
  await page.locator(".stage .choice").first().click();
  const before = (await page.locator(".stage").textContent())!;
  const folder = join(site, "themes/default/static");
  mkdirSync(folder, { recursive: true });
  const style = readFileSync(join(__dirname, "../../themes/default/static/theme.css"), "utf8");
  writeFileSync(join(folder, "theme.css"), `${style}\nbody { background: ${ground}; }\n`);
  for (const each of [page, other]) await expect(each.locator("body")).toHaveCSS("background-color", ground);
  writeFileSync(join(folder, "theme.css"), `${style}\nbody { background: rgb(4, 5, 6); }\n`);
  for (const each of [page, other]) await expect(each.locator("body")).toHaveCSS("background-color", "rgb(4, 5, 6)");
  expect(await page.locator('link[href*="theme.css"]').count()).toBe(1);
  expect(await marked(page)).toBe(true);
  expect(await marked(other)).toBe(true);
  expect(await page.locator(".stage").textContent()).toBe(before);
  // A style that neither page has.
  writeFileSync(join(folder, "desk.css"), "body { background: red; }\n");
  await caughtUp(page);
  expect(await marked(page)).toBe(true);
});

test("a picture is loaded again where it is shown, and nowhere else", async ({ page, context }) => {
  const picture = (width: number) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="9"><path d="M0 0h9v9z"/></svg>\n`;
  const file = join(site, "content/desk.svg");
  writeFileSync(file, picture(40));
  edit(LESSON, /\n## /, "\n![A desk](../desk.svg)\n\n## ");
  const other = await context.newPage();
  await expect(async () => {
    await open(page, "lessons/hear-first/");
    await expect(page.locator("article img")).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await open(other, "scenarios/cold-dinner/");
  writeFileSync(file, picture(80));
  await expect(page.locator("article img")).toHaveAttribute("width", "80");
  await expect.poll(() => page.locator("article img").evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(80);
  await caughtUp(other);
  expect(await marked(other)).toBe(true);
});

test("a fault of the settings is shown over the last good page until it is mended, and nothing moves", async ({ page }) => {
  await open(page, "scenarios/cold-dinner/");
  const before = readFileSync(join(site, "site.yaml"), "utf8");
  writeFileSync(join(site, "site.yaml"), `${before}nonsense: 1\n`);
  const panel = page.getByRole("alert");
  await expect(panel).toContainText(/nonsense[^]*site\.yaml:\d+:\d+/);
  await expect(page.locator("[data-do=start]")).toBeVisible();
  writeFileSync(join(site, "site.yaml"), before);
  await expect(panel).toHaveCount(0);
  expect(await marked(page)).toBe(true);
});

test("a scenario with a fault shows it in its own place, and comes back when it is mended", async ({ page, context }) => {
  const other = await context.newPage();
  await open(other, "lessons/hear-first/");
  // What the player loads once it is idle is gone with the last scenario that can be played.
  const idle = page.waitForResponse((response) => response.url().includes("/static/live-"));
  await open(page, "scenarios/cold-dinner/");
  await idle;
  const before = readFileSync(join(site, TALK), "utf8");
  edit(TALK, /then: \w[\w-]*/, "then: nowhere-at-all");
  await expect(page.locator("#amends-faults")).toContainText(/nowhere-at-all[^]*cold-dinner\.yaml:\d+:\d+/);
  await expect(other.locator("#amends-faults")).toHaveCount(0);
  writeFileSync(join(site, TALK), before);
  await expect(page.locator("[data-do=start]")).toBeVisible();
});

test("what was saved before a page could listen is shown on it, too", async ({ page }) => {
  let listen = () => {};
  const saved = new Promise<void>((resolve) => (listen = resolve));
  await page.route("**/static/reload?*", async (route) => {
    await saved;
    await route.continue();
  });
  const path = "lessons/hear-first/";
  await page.goto(root + path);
  edit(LESSON, /\n## .*\n/, "\n## A heading that is new\n");
  await expect.poll(async () => (await fetch(root + path)).text()).toContain("A heading that is new");
  const heading = page.getByRole("heading", { name: "A heading that is new" });
  await expect(heading).toHaveCount(0);
  listen();
  await expect(heading).toBeVisible();
});

test("a page that can be shown has its own fault over it", async ({ page }) => {
  await open(page, "lessons/hear-first/");
  const before = readFileSync(join(site, LESSON), "utf8");
  writeFileSync(join(site, LESSON), `${before}\n[No](nowhere.md)\n`);
  const panel = page.getByRole("alert");
  await expect(panel).toContainText("nowhere.md");
  await expect(panel).toHaveCSS("position", "fixed");
  await expect(page.getByRole("heading", { level: 1, name: "Hear it first" })).toBeVisible();
  await caughtUp(page);
  await expect(panel).toContainText("nowhere.md");
  writeFileSync(join(site, LESSON), before);
  await expect(panel).toHaveCount(0);
});

test("a page that is not there yet comes while it is looked at", async ({ page, expectFaults }) => {
  await open(page, "lessons/to-come/");
  await expect(page.getByRole("heading", { name: "This page is not here" })).toBeVisible();
  writeFileSync(join(site, "content/lessons/02-to-come.md"), "---\ntitle: It came\n---\n\nHere it is.\n");
  await expect(page.getByRole("heading", { level: 1, name: "It came" })).toBeVisible();
  // The browser's own word about the first answer.
  expectFaults(/404/);
});

test("an editor learns each new name", async () => {
  edit(TALK, "\nnodes:", "\nnodes:\n  porch: { ending: mixed, title: T, text: T }");
  const schema = join(site, ".vscode/amends/scenario.schema.json");
  await expect(() => expect(readFileSync(schema, "utf8")).toContain('"porch"')).toPass();
});
