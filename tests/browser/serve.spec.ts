// `amends serve` while an author writes: when a file is saved, the pages that show it update, and no others.

import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { amends, program, temporary } from "./program";
import { waitForPlayer } from "./player";
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
    served.once("exit", () => failed(new Error("amends serve exited")));
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
const SCENARIO = "content/scenarios/cold-dinner.yaml";

function edit(path: string, from: string | RegExp, to: string): void {
  const file = join(site, path);
  const text = readFileSync(file, "utf8");
  expect(text).toMatch(from);
  writeFileSync(file, text.replace(from, to));
}

/** Opens a page and waits for its stream of changes, so that none is missed. */
async function open(page: Page, path: string): Promise<void> {
  const listening = page.waitForResponse((response) => response.url().includes("/static/reload?"));
  await page.goto(root + path);
  await listening;
  await page.evaluate(() => void (document.documentElement.dataset["mark"] = "here"));
}

/** Whether the page is still the one that `open` marked: a reload removes the mark. */
const isSamePage = (page: Page) => page.evaluate(() => document.documentElement.dataset["mark"] === "here");

/** Waits until the pages have received every earlier change: it breaks a model, which every page reports, and repairs it. */
async function flushChanges(...pages: Page[]): Promise<void> {
  const file = join(site, "content/models/fault.yaml");
  mkdirSync(join(site, "content/models"), { recursive: true });
  writeFileSync(file, "nonsense: 1\n");
  for (const page of pages) await expect(page.locator("#amends-panel")).toContainText("fault.yaml");
  rmSync(file);
  for (const page of pages) await expect(page.locator("#amends-panel").filter({ hasText: "fault.yaml" })).toHaveCount(0);
}

test("a saved lesson reloads the page that shows it, and no other", async ({ page, context }) => {
  const other = await context.newPage();
  await open(page, "lessons/hear-first/");
  await open(other, "scenarios/cold-dinner/");
  edit(LESSON, /\n## .*\n/, "\n## A new heading\n");
  await expect(page.getByRole("heading", { name: "A new heading" })).toBeVisible();
  await flushChanges(page, other);
  expect(await isSamePage(page)).toBe(false);
  expect(await isSamePage(other)).toBe(true);
});

test("a saved style is applied without a reload, so that a play keeps its state", async ({ page, context }) => {
  const background = "rgb(1, 2, 3)";
  const other = await context.newPage();
  await open(other, "lessons/hear-first/");
  await open(page, "scenarios/cold-dinner/");
  await waitForPlayer(page);
  await page.locator("[data-do=start]").click();
  await page.locator(".stage .choice").first().click();
  const before = (await page.locator(".stage").textContent())!;
  const folder = join(site, "themes/default/static");
  mkdirSync(folder, { recursive: true });
  const style = readFileSync(join(__dirname, "../../themes/default/static/theme.css"), "utf8");
  writeFileSync(join(folder, "theme.css"), `${style}\nbody { background: ${background}; }\n`);
  for (const each of [page, other]) await expect(each.locator("body")).toHaveCSS("background-color", background);
  writeFileSync(join(folder, "theme.css"), `${style}\nbody { background: rgb(4, 5, 6); }\n`);
  for (const each of [page, other]) await expect(each.locator("body")).toHaveCSS("background-color", "rgb(4, 5, 6)");
  expect(await page.locator('link[href*="theme.css"]').count()).toBe(1);
  expect(await isSamePage(page)).toBe(true);
  expect(await isSamePage(other)).toBe(true);
  expect(await page.locator(".stage").textContent()).toBe(before);
  // A style that neither page uses.
  writeFileSync(join(folder, "desk.css"), "body { background: red; }\n");
  await flushChanges(page);
  expect(await isSamePage(page)).toBe(true);
});

test("a changed picture is loaded again on the page that shows it, and no other page reloads", async ({ page, context }) => {
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
  await flushChanges(other);
  expect(await isSamePage(other)).toBe(true);
});

test("an error in the settings is shown over the last good page until it is fixed, without a reload", async ({ page }) => {
  await open(page, "scenarios/cold-dinner/");
  const before = readFileSync(join(site, "site.yaml"), "utf8");
  writeFileSync(join(site, "site.yaml"), `${before}nonsense: 1\n`);
  const panel = page.getByRole("alert");
  await expect(panel).toContainText(/nonsense[^]*site\.yaml:\d+:\d+/);
  await expect(page.locator("[data-do=start]")).toBeVisible();
  writeFileSync(join(site, "site.yaml"), before);
  await expect(panel).toHaveCount(0);
  expect(await isSamePage(page)).toBe(true);
});

test("a scenario with an error is replaced by the error, and comes back when it is fixed", async ({ page, context }) => {
  const other = await context.newPage();
  await open(other, "lessons/hear-first/");
  // Waits for the scripts that the player loads when idle: they are no longer served once no scenario can be played.
  const idle = page.waitForResponse((response) => response.url().includes("/static/live-"));
  await open(page, "scenarios/cold-dinner/");
  await idle;
  const before = readFileSync(join(site, SCENARIO), "utf8");
  edit(SCENARIO, /then: \w[\w-]*/, "then: nowhere-at-all");
  await expect(page.locator("#amends-faults")).toContainText(/nowhere-at-all[^]*cold-dinner\.yaml:\d+:\d+/);
  await expect(other.locator("#amends-faults")).toHaveCount(0);
  writeFileSync(join(site, SCENARIO), before);
  await expect(page.locator("[data-do=start]")).toBeVisible();
});

test("a page also shows what was saved before it began to listen", async ({ page }) => {
  let listen = () => {};
  const saved = new Promise<void>((resolve) => (listen = resolve));
  await page.route("**/static/reload?*", async (route) => {
    await saved;
    await route.continue();
  });
  const path = "lessons/hear-first/";
  await page.goto(root + path);
  edit(LESSON, /\n## .*\n/, "\n## A new heading\n");
  await expect.poll(async () => (await fetch(root + path)).text()).toContain("A new heading");
  const heading = page.getByRole("heading", { name: "A new heading" });
  await expect(heading).toHaveCount(0);
  listen();
  await expect(heading).toBeVisible();
});

test("an error in a page that can still be shown appears over that page", async ({ page }) => {
  await open(page, "lessons/hear-first/");
  const before = readFileSync(join(site, LESSON), "utf8");
  writeFileSync(join(site, LESSON), `${before}\n[No](nowhere.md)\n`);
  const panel = page.getByRole("alert");
  await expect(panel).toContainText("nowhere.md");
  await expect(panel).toHaveCSS("position", "fixed");
  await expect(page.getByRole("heading", { level: 1, name: "Hear it first" })).toBeVisible();
  await flushChanges(page);
  await expect(panel).toContainText("nowhere.md");
  writeFileSync(join(site, LESSON), before);
  await expect(panel).toHaveCount(0);
});

test("a missing page appears as soon as its file is created", async ({ page, expectFaults }) => {
  await open(page, "lessons/to-come/");
  await expect(page.getByRole("heading", { name: "This page is not here" })).toBeVisible();
  writeFileSync(join(site, "content/lessons/02-to-come.md"), "---\ntitle: It came\n---\n\nHere it is.\n");
  await expect(page.getByRole("heading", { level: 1, name: "It came" })).toBeVisible();
  // The browser itself logs the first response.
  expectFaults(/404/);
});

test("new names are added to the schema for editors", async () => {
  edit(SCENARIO, "\nnodes:", "\nnodes:\n  porch: { ending: mixed, title: T, text: T }");
  const schema = join(site, ".vscode/amends/scenario.schema.json");
  await expect(() => expect(readFileSync(schema, "utf8")).toContain('"porch"')).toPass();
});
