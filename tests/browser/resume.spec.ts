// Going on where one left; and nothing is kept before there is something to keep.

import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { practice, TALK } from "./courses";
import { host } from "./host";
import { begin, openChoices, play, ready, take } from "./player";
import { amends, build, temporary } from "./program";
import { anEnding } from "./proved";
import { expect, test, type Page } from "./site";

const stored = (page: Page) => page.evaluate(() => Object.keys(localStorage).concat(Object.keys(sessionStorage)));

/** The finals of the attempts that are kept. */
const finals = (page: Page) =>
  page.evaluate(() => {
    const key = Object.keys(localStorage).find((key) => key.includes(":attempts:"));
    const attempts: { final: number }[] = key ? JSON.parse(localStorage.getItem(key)!) : [];
    return attempts.map(({ final }) => final);
  });

/** Changes the run of this tab as it is stored. */
const change = (page: Page, changes: object) =>
  page.evaluate((changes) => {
    const key = Object.keys(sessionStorage).find((key) => key.includes(":run:"))!;
    sessionStorage.setItem(key, JSON.stringify({ ...JSON.parse(sessionStorage.getItem(key)!), ...changes }));
  }, changes);

test("nothing is stored before Start, and then under the course's id", async ({ page, open }) => {
  await open(TALK);
  expect(await stored(page)).toEqual([]);
  await begin(page, "practice");
  await page.locator(".stage .choice").first().click();
  const id = await page.locator("html").getAttribute("data-course");
  const keys = await stored(page);
  expect(keys.length).toBeGreaterThan(0);
  for (const key of keys) expect(key.startsWith(`amends:${id}:`)).toBe(true);
});

test("coming back goes on at the same line; another tab is offered the newest run", async ({ page, open, url, context }) => {
  await open(TALK, "practice");
  const { choices } = anEnding();
  await take(page, choices[0]!, true);
  await take(page, choices[1]!, false);
  const talk = await page.locator(".talk").innerText();
  await page.reload();
  await ready(page);
  await expect(page.locator(".notice")).toContainText("You are back where you left off.");
  expect(await page.locator(".talk").innerText()).toBe(talk);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.locator(".stage .choices")).toBeVisible();

  const tab = await context.newPage();
  await tab.goto(url(TALK));
  await tab.getByRole("button", { name: "Continue where you left off" }).click();
  await expect(tab.locator(".stage .you")).toHaveCount(2);
  await tab.getByRole("button", { name: "Start over" }).click();
  await expect(tab.locator(".stage .you")).toHaveCount(0);
  await expect(page.locator(".stage .you")).toHaveCount(2);
});

test("a reload keeps the way of playing, also before the first choice; other tabs have nothing to go on with yet", async ({ page, open, url, context }) => {
  await open(TALK, "challenge");
  const order = await page.locator(".stage .choices .text").allTextContents();
  await page.reload();
  await ready(page);
  expect(await page.locator(".stage .choices .text").allTextContents()).toEqual(order);
  const tab = await context.newPage();
  await tab.goto(url(TALK));
  await ready(tab);
  await expect(tab.locator("[data-do=resume]")).toHaveCount(0);
  await expect(tab.locator(".modes")).toContainText("What counts is the first challenge that you finish.");
  await openChoices(page).first().click();
  await expect(page.locator(".stage .coach")).toHaveCount(0);
});

test("a run that no longer fits goes on from its last good moment, and says so", async ({ page, open }) => {
  await open(TALK, "practice");
  const { choices } = anEnding();
  await take(page, choices[0]!, true);
  await take(page, choices[1]!, false);
  const run: string[] = await page.evaluate(() => {
    const key = Object.keys(sessionStorage).find((key) => key.includes(":run:"))!;
    return JSON.parse(sessionStorage.getItem(key)!).run;
  });
  await change(page, { run: [run[0], "gone-since"] });
  await page.reload();
  await expect(page.locator(".notice")).toContainText("edited while you were away");
  await expect(page.locator(".stage .you")).toHaveCount(1);
});

test("a finished attempt is appended once, also when its debrief is opened again", async ({ page, open }) => {
  await open(TALK);
  const { choices, final } = anEnding();
  await play(page, "challenge", choices);
  await page.reload();
  await expect(page.locator(".debrief")).toBeVisible();
  await page.getByRole("button", { name: "Play again" }).click();
  for (const text of choices) await take(page, text, false);
  await expect(page.locator(".debrief")).toBeVisible();
  await expect.poll(() => finals(page)).toEqual([final, final]);
});

for (const mode of ["practice", "challenge"] as const) {
  for (const reached of [false, true]) {
    test(`${mode}: an attempt is kept once by a page that was left ${reached ? "after" : "before"} it was appended`, async ({ page, open }) => {
      // It ends as by a crash: it is not told.
      await page.addInitScript(() => addEventListener("pagehide", (event) => event.stopImmediatePropagation()));
      await open(TALK);
      const { choices, final } = anEnding();
      // A page that waits for its turn to write never has it.
      if (!reached) await page.evaluate(() => void (navigator.locks.request = () => new Promise<never>(() => {})));
      await play(page, mode, choices);
      await expect.poll(() => finals(page)).toEqual(reached ? [final] : []);
      // As it stands between the two.
      if (reached) await change(page, { ended: false });
      await page.reload();
      // Practice waits for the reader: the last reply stands.
      if (mode === "practice") await page.getByRole("button", { name: "Go on" }).click();
      await expect(page.locator(".debrief")).toBeVisible();
      await expect.poll(() => finals(page)).toEqual([final]);
      // Then it is no longer under way.
      await expect.poll(async () => (await stored(page)).filter((key) => key.includes(":run:")).length).toBe(1);
      await page.reload();
      await expect(page.locator(".debrief")).toBeVisible();
      expect(await finals(page)).toEqual([final]);
    });
  }
}

test("where storage is refused, it plays all the same", async ({ page, open }) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("refused", "SecurityError");
        },
      });
    }
  });
  await open(TALK);
  await play(page, "challenge", anEnding().choices);
});

test("a choice leaves no step in the history: Back leaves, and coming back goes on", async ({ page, open, url }) => {
  await page.goto(url("index.html"));
  await open(TALK, "challenge");
  const { choices } = anEnding();
  await take(page, choices[0]!, false);
  await take(page, choices[1]!, false);
  await page.goBack();
  await expect(page).toHaveURL(url("index.html"));
  await page.goForward();
  await expect(page.locator(".stage .you")).toHaveCount(2);
});

test("home goes on with the newest of the runs that were left", async ({ page, url, context }) => {
  const [one, other] = practice.scenarios as [string, string];
  const start = async (tab: Page, path: string) => {
    await tab.goto(url(path));
    await ready(tab);
    await begin(tab, "practice");
    await tab.locator(".stage .choice").first().click();
  };
  const tab = await context.newPage();
  const home = await context.newPage();
  const offers = async (path: string) => {
    await home.goto(url("index.html"));
    await expect(home.locator("[data-start]")).toHaveAttribute("href", url(path));
  };
  await start(page, one);
  await offers(one);
  await start(tab, other);
  await offers(other);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.locator(".stage .choice").first().click();
  await offers(one);
});

test("a run that is no run is set aside, and the talk begins", async ({ page, open, url }) => {
  await open(TALK);
  await page.evaluate(() => {
    const { course } = document.documentElement.dataset;
    const { slug } = document.querySelector<HTMLElement>(".story")!.dataset;
    for (const storage of [localStorage, sessionStorage]) storage.setItem(`amends:${course}:run:${slug}`, "{ broken");
  });
  await open(TALK, "practice");
  await page.goto(url("record/index.html"));
  await expect(page.locator(".aside")).toBeVisible();
});

test("a new version with choices that were renamed goes on at the same line", async ({ page }) => {
  const work = temporary();
  const [source, site] = [join(work, "course"), join(work, "site")];
  amends("new", "--quiet", source);
  build(source, site);
  const { root, close } = await host(() => site);
  try {
    const folder = join(source, "content/scenarios");
    const [name] = readdirSync(folder) as [string];
    await page.goto(`${root}scenarios/${name.replace(".yaml", "")}/index.html`);
    await ready(page);
    await begin(page, "practice");
    const said = (await openChoices(page).first().locator(".text").textContent())!;
    await take(page, said, true);
    await openChoices(page).first().click();
    // Each choice has a new name, and what was said first begins with another word.
    const before = readFileSync(join(folder, name), "utf8");
    const renamed = before.replace(/^( +)- id: ([\w-]+)$/gm, "$1- id: new-$2\n$1  was: [$2]");
    const after = renamed.replace(said.slice(0, 12), `Well. ${said.slice(0, 12)}`);
    expect([renamed !== before, after !== renamed]).toEqual([true, true]);
    writeFileSync(join(folder, name), after);
    build(source, site);
    await page.reload();
    await expect(page.locator(".notice")).toContainText("Your choices fit up to here");
    await expect(page.locator(".stage .you")).toHaveCount(2);
    await expect(page.locator(".stage .you .line").first()).toContainText("Well.");
  } finally {
    close();
    rmSync(work, { recursive: true });
  }
});
