// A course of many lessons and conversations: home shows a part of them at once, and the rest when it is asked for.

import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clean } from "./axe";
import { Course } from "./courses";
import { amends, build, temporary } from "./program";
import { expect, test, type Page } from "./site";

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
  for (let number = 2; number <= SCENARIOS; number++) copyFileSync(join(scenarios, first), join(scenarios, `talk-${number}.yaml`));
  const library = new Course(site, join(work, "public"));
  build(site, library.site);
  home = library.onDisk("index.html");
});
test.afterAll(() => rmSync(work, { recursive: true }));

const open = (page: Page) => page.locator(".module[open] h3");

test("one module stands open, and any other when it is asked for", async ({ page }) => {
  await page.goto(home);
  await expect(open(page)).toHaveText([MODULES[0]!]);
  await expect(page.locator(".module summary")).toHaveText([/Hear\s+1–21/, /Own\s+22–42/, /Mend\s+43–63/]);
  const lesson = page.getByRole("link", { name: "Mend 21" });
  await expect(lesson).toBeHidden();
  await page.locator(".module summary").nth(2).focus();
  await page.keyboard.press("Enter");
  await expect(lesson).toBeVisible();
  await clean(page);
});

test("the module that is to be gone on with stands open, and each says how far it is", async ({ page }) => {
  await page.goto(home);
  const slugs = await page.locator(".path li").evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset["slug"]!));
  const done = Object.fromEntries(slugs.slice(0, LESSONS + 2).map((slug) => [slug, "2026-01-01T08:00:00.000Z"]));
  await page.evaluate((done) => localStorage.setItem("amends:a-library:lessons", JSON.stringify(done)), done);
  await page.reload();
  await expect(open(page)).toHaveText([MODULES[1]!]);
  await expect(page.locator(".module summary .tick")).toHaveText(["21 of 21 done", "2 of 21 done"]);
  await expect(page.locator("[data-start]")).toHaveText("Continue: Own 3");
});

test("of many conversations twelve are shown at once", async ({ page }) => {
  await page.goto(home);
  const cards = page.locator(".card");
  await expect(cards).toHaveCount(SCENARIOS);
  await expect(cards.nth(11)).toBeVisible();
  await expect(cards.nth(12)).toBeHidden();
  await page.getByText("and 13 more").click();
  await expect(cards.nth(SCENARIOS - 1)).toBeVisible();
});
