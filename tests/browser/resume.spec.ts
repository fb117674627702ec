// Resuming a play after a reload, in another tab or after an edit; and nothing is stored before a play starts.

import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { practice, SCENARIO } from "./courses";
import { host } from "./host";
import { begin, choose, openChoices, play, waitForPlayer } from "./player";
import { amends, build, temporary } from "./program";
import { anyPlay } from "./proved";
import { expect, test, type Page } from "./site";

const storedKeys = (page: Page) => page.evaluate(() => Object.keys(localStorage).concat(Object.keys(sessionStorage)));

/** The final scores of the stored attempts. */
const finals = (page: Page) =>
  page.evaluate(() => {
    const key = Object.keys(localStorage).find((key) => key.includes(":attempts:"));
    const attempts: { final: number }[] = key ? JSON.parse(localStorage.getItem(key)!) : [];
    return attempts.map(({ final }) => final);
  });

/** Changes the stored run of this tab. */
const changeRun = (page: Page, changes: object) =>
  page.evaluate((changes) => {
    const key = Object.keys(sessionStorage).find((key) => key.includes(":run:"))!;
    sessionStorage.setItem(key, JSON.stringify({ ...JSON.parse(sessionStorage.getItem(key)!), ...changes }));
  }, changes);

test("nothing is stored before Start, and then under the course's id", async ({ page, open }) => {
  await open(SCENARIO);
  expect(await storedKeys(page)).toEqual([]);
  await begin(page, "practice");
  await page.locator(".stage .choice").first().click();
  const id = await page.locator("html").getAttribute("data-course");
  const keys = await storedKeys(page);
  expect(keys.length).toBeGreaterThan(0);
  for (const key of keys) expect(key.startsWith(`amends:${id}:`)).toBe(true);
});

test("a reload resumes at the same line; another tab is offered the newest run", async ({ page, open, url, context }) => {
  await open(SCENARIO, "practice");
  const { choices } = anyPlay();
  await choose(page, choices[0]!, true);
  await choose(page, choices[1]!);
  const conversation = await page.locator(".talk").innerText();
  await page.reload();
  await waitForPlayer(page);
  const notice = page.locator(".notice");
  await expect(notice).toContainText("You are back where you left off.");
  await expect(notice).toBeInViewport();
  await notice.evaluate((note) => note.remove());
  expect(await page.locator(".talk").innerText()).toBe(conversation);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.locator(".stage .choices")).toBeVisible();

  const tab = await context.newPage();
  await tab.goto(url(SCENARIO));
  await tab.getByRole("button", { name: "Continue where you left off" }).click();
  await expect(tab.locator(".stage .you")).toHaveCount(2);
  await tab.getByRole("button", { name: "Start over" }).click();
  await expect(tab.locator(".stage .you")).toHaveCount(0);
  await expect(page.locator(".stage .you")).toHaveCount(2);
});

test("a reload keeps the mode even before the first choice, and other tabs have nothing to resume yet", async ({ page, open, url, context }) => {
  await open(SCENARIO, "challenge");
  const order = await page.locator(".stage .choices .text").allTextContents();
  await page.reload();
  await waitForPlayer(page);
  expect(await page.locator(".stage .choices .text").allTextContents()).toEqual(order);
  const tab = await context.newPage();
  await tab.goto(url(SCENARIO));
  await waitForPlayer(tab);
  await expect(tab.locator("[data-do=resume]")).toHaveCount(0);
  await expect(tab.locator(".modes")).toContainText("What counts is the first challenge that you finish.");
  await openChoices(page).first().click();
  await expect(page.locator(".stage .coach")).toHaveCount(0);
});

test("a run that no longer fits the scenario resumes at its last valid moment, and says so", async ({ page, open }) => {
  await open(SCENARIO, "practice");
  const { choices } = anyPlay();
  await choose(page, choices[0]!, true);
  await choose(page, choices[1]!);
  const run: string[] = await page.evaluate(() => {
    const key = Object.keys(sessionStorage).find((key) => key.includes(":run:"))!;
    return JSON.parse(sessionStorage.getItem(key)!).run;
  });
  await changeRun(page, { run: [run[0], "gone-since"] });
  await page.reload();
  await expect(page.locator(".notice")).toContainText("edited while you were away");
  await expect(page.locator(".stage .you")).toHaveCount(1);
});

test("a finished attempt is recorded once, even if its debrief is opened again", async ({ page, open }) => {
  await open(SCENARIO);
  const { choices, final } = anyPlay();
  await play(page, "challenge", choices);
  await page.reload();
  await expect(page.locator(".debrief")).toBeVisible();
  await page.getByRole("button", { name: "Play again" }).click();
  for (const text of choices) await choose(page, text);
  await expect(page.locator(".debrief")).toBeVisible();
  await expect.poll(() => finals(page)).toEqual([final, final]);
});

for (const mode of ["practice", "challenge"] as const) {
  for (const wasRecorded of [false, true]) {
    test(`${mode}: an attempt is recorded once if the page crashes ${wasRecorded ? "after" : "before"} recording it`, async ({ page, open }) => {
      // As in a crash, the page is not notified that it ends.
      await page.addInitScript(() => addEventListener("pagehide", (event) => event.stopImmediatePropagation()));
      await open(SCENARIO);
      const { choices, final } = anyPlay();
      // A page that never gets the lock never writes.
      if (!wasRecorded) await page.evaluate(() => void (navigator.locks.request = () => new Promise<never>(() => {})));
      await play(page, mode, choices);
      await expect.poll(() => finals(page)).toEqual(wasRecorded ? [final] : []);
      // The state between recording the attempt and marking the run as ended.
      if (wasRecorded) await changeRun(page, { ended: false });
      await page.reload();
      // Practice waits at the last reply.
      if (mode === "practice") await page.getByRole("button", { name: "Go on" }).click();
      await expect(page.locator(".debrief")).toBeVisible();
      await expect.poll(() => finals(page)).toEqual([final]);
      // The run is then no longer in progress.
      await expect.poll(async () => (await storedKeys(page)).filter((key) => key.includes(":run:")).length).toBe(1);
      await page.reload();
      await expect(page.locator(".debrief")).toBeVisible();
      expect(await finals(page)).toEqual([final]);
    });
  }
}

test("a scenario can be played where storage is refused", async ({ page, open }) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("refused", "SecurityError");
        },
      });
    }
  });
  await open(SCENARIO);
  await play(page, "challenge", anyPlay().choices);
});

test("choices add nothing to the history: Back leaves the page, and Forward resumes the play", async ({ page, open, url }) => {
  await page.goto(url("index.html"));
  await open(SCENARIO, "challenge");
  const { choices } = anyPlay();
  await choose(page, choices[0]!);
  await choose(page, choices[1]!);
  await page.goBack();
  await expect(page).toHaveURL(url("index.html"));
  await page.goForward();
  await expect(page.locator(".stage .you")).toHaveCount(2);
});

test("home continues with the most recent unfinished run", async ({ page, url, context }) => {
  const [first, second] = practice.scenarios as [string, string];
  const start = async (tab: Page, path: string) => {
    await tab.goto(url(path));
    await waitForPlayer(tab);
    await begin(tab, "practice");
    await tab.locator(".stage .choice").first().click();
  };
  const tab = await context.newPage();
  const home = await context.newPage();
  const expectOffer = async (path: string) => {
    await home.goto(url("index.html"));
    await expect(home.locator("[data-start]")).toHaveAttribute("href", url(path));
  };
  await start(page, first);
  await expectOffer(first);
  await start(tab, second);
  await expectOffer(second);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.locator(".stage .choice").first().click();
  await expectOffer(first);
});

test("a run that cannot be read is set aside, and the scenario starts anew", async ({ page, open, url }) => {
  await open(SCENARIO);
  await page.evaluate(() => {
    const { course } = document.documentElement.dataset;
    const { slug } = document.querySelector<HTMLElement>(".story")!.dataset;
    for (const storage of [localStorage, sessionStorage]) storage.setItem(`amends:${course}:run:${slug}`, "{ broken");
  });
  await open(SCENARIO, "practice");
  await page.goto(url("record/index.html"));
  await expect(page.locator(".aside")).toBeVisible();
});

test("a run resumes at the same line in a new version with renamed choices", async ({ page }) => {
  const work = temporary();
  const [source, site] = [join(work, "course"), join(work, "site")];
  amends("new", "--quiet", source);
  build(source, site);
  const { root, close } = await host(() => site);
  try {
    const folder = join(source, "content/scenarios");
    const [name] = readdirSync(folder) as [string];
    await page.goto(`${root}scenarios/${name.replace(".yaml", "")}/index.html`);
    await waitForPlayer(page);
    await begin(page, "practice");
    const line = (await openChoices(page).first().locator(".text").textContent())!;
    await choose(page, line, true);
    await openChoices(page).first().click();
    // Every choice gets a new id, and the first line said begins with another word.
    const before = readFileSync(join(folder, name), "utf8");
    const renamed = before.replace(/^( +)- id: ([\w-]+)$/gm, "$1- id: new-$2\n$1  was: [$2]");
    const after = renamed.replace(line.slice(0, 12), `Well. ${line.slice(0, 12)}`);
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
