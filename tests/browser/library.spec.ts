// The home page of a large course: it shows a part of the lessons and scenarios at first, and the rest on demand.

import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expectAccessible } from "./axe";
import { Course } from "./courses";
import { amends, build, temporary } from "./program";
import { expect, test, type Page } from "./site";
import { store } from "./stored";

const MODULES = ["Hear", "Own", "Mend"];
const LESSONS = 21;
const SCENARIOS = 25;

let work: string;
let home: string;

test.beforeAll(() => {
  work = temporary();
  const site = join(work, "site");
  amends("new", "--quiet", site);
  writeFileSync(join(site, "site.yaml"), "title: A library\nid: a-library\nlints: off\n");
  const lessons = join(site, "content/lessons");
  rmSync(lessons, { recursive: true });
  MODULES.forEach((title, at) => {
    const module = join(lessons, `${at + 1}-${title.toLowerCase()}`);
    mkdirSync(module, { recursive: true });
    writeFileSync(join(module, "index.md"), `---\ntitle: ${title}\n---\n`);
    for (let number = 1; number <= LESSONS; number++) {
      writeFileSync(join(module, `${number}-part-${number}.md`), `---\ntitle: ${title} ${number}\n---\n\nWords.\n`);
    }
  });
  const scenarios = join(site, "content/scenarios");
  const [first] = readdirSync(scenarios) as [string];
  for (let number = 2; number <= SCENARIOS; number++) copyFileSync(join(scenarios, first), join(scenarios, `scenario-${number}.yaml`));
  const library = new Course(site, join(work, "public"));
  build(site, library.site);
  home = library.fileUrl("index.html");
});
test.afterAll(() => rmSync(work, { recursive: true }));

const openModule = (page: Page) => page.locator(".module[open] h3");

test("one module is open at first, and any other can be opened", async ({ page }) => {
  await page.goto(home);
  await expect(openModule(page)).toHaveText([MODULES[0]!]);
  await expect(page.locator(".module summary")).toHaveText([/Hear\s+1–21/, /Own\s+22–42/, /Mend\s+43–63/]);
  const lesson = page.getByRole("link", { name: "Mend 21" });
  await expect(lesson).toBeHidden();
  await page.locator(".module summary").nth(2).focus();
  await page.keyboard.press("Enter");
  await expect(lesson).toBeVisible();
  await expectAccessible(page);
});

test("the module to continue with is open, and each started module shows its progress", async ({ page }) => {
  await page.goto(home);
  const slugs = await page.locator(".path li").evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset["slug"]!));
  const done = Object.fromEntries(slugs.slice(0, LESSONS + 2).map((slug) => [slug, "2026-01-01T08:00:00.000Z"]));
  await store(page, { lessons: done });
  await page.reload();
  await expect(openModule(page)).toHaveText([MODULES[1]!]);
  await expect(page.locator(".module summary .tick")).toHaveText(["21 of 21 done", "2 of 21 done"]);
  await expect(page.locator("[data-start]")).toHaveText("Continue: Own 3");
});

test("only the first twelve of many scenarios are shown until the rest are asked for", async ({ page }) => {
  await page.goto(home);
  const cards = page.locator(".card");
  await expect(cards).toHaveCount(SCENARIOS);
  await expect(cards.nth(11)).toBeVisible();
  await expect(cards.nth(12)).toBeHidden();
  await page.getByText("and 13 more").click();
  await expect(cards.nth(SCENARIOS - 1)).toBeVisible();
});

test("the scenarios are filtered after Back as before", async ({ page }) => {
  await page.goto(home);
  const filter = page.locator(".filters [name=difficulty]");
  const asked = await filter.locator("option").last().getAttribute("value");
  await filter.selectOption(asked);
  const found = page.locator(".filters [data-fill=found]");
  const before = await found.innerText();
  await page.goto("about:blank");
  await page.goBack();
  await expect(filter).toHaveValue(asked!);
  await expect(found).toHaveText(before);
});
