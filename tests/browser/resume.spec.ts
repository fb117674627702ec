// Going on where one left; and nothing is kept before there is something to keep.

import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { amends, temporary } from "./made";
import { begin, play, ready, take } from "./player";
import { anEnding } from "./proved";
import { expect, scenarios, serving, test, type Page } from "./site";

const [path] = scenarios as [string];

const stored = (page: Page) => page.evaluate(() => Object.keys(localStorage).concat(Object.keys(sessionStorage)));

test("nothing is stored before the first choice, and then under the course's id", async ({ page, url }) => {
  await page.goto(url(path));
  await ready(page);
  await begin(page, "practice");
  expect(await stored(page)).toEqual([]);
  await page.locator(".stage .choice").first().click();
  const id = await page.locator("html").getAttribute("data-course");
  const keys = await stored(page);
  expect(keys.length).toBeGreaterThan(0);
  for (const key of keys) expect(key.startsWith(`amends:${id}:`)).toBe(true);
});

test("coming back goes on at the same line; another tab is offered the newest run", async ({ page, url, context }) => {
  await page.goto(url(path));
  await ready(page);
  const { choices } = anEnding(path);
  await begin(page, "practice");
  await take(page, choices[0]!, true);
  await take(page, choices[1]!, false);
  const talk = await page.locator(".talk").innerText();
  await page.reload();
  await ready(page);
  await expect(page.locator(".notice")).toContainText("You are back where you left.");
  expect(await page.locator(".talk").innerText()).toBe(talk);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.locator(".stage .choices")).toBeVisible();

  const tab = await context.newPage();
  await tab.goto(url(path));
  await tab.getByRole("button", { name: "Go on where you left" }).click();
  await expect(tab.locator(".stage .you")).toHaveCount(2);
  await tab.getByRole("button", { name: "Start over" }).click();
  await expect(tab.locator(".stage .you")).toHaveCount(0);
  await expect(page.locator(".stage .you")).toHaveCount(2);
});

test("a run that no longer fits goes on from its last good moment, and says so", async ({ page, url }) => {
  await page.goto(url(path));
  await ready(page);
  const { choices } = anEnding(path);
  await begin(page, "practice");
  await take(page, choices[0]!, true);
  await take(page, choices[1]!, false);
  await page.evaluate(() => {
    for (const key of Object.keys(sessionStorage)) {
      const run = JSON.parse(sessionStorage.getItem(key)!);
      run.run[1] = "gone-since";
      sessionStorage.setItem(key, JSON.stringify(run));
    }
  });
  await page.reload();
  await expect(page.locator(".notice")).toContainText("edited while you were away");
  await expect(page.locator(".stage .you")).toHaveCount(1);
});

test("a finished attempt is appended once, also when its debrief is opened again", async ({ page, url }) => {
  await page.goto(url(path));
  await ready(page);
  const { choices, final } = anEnding(path);
  await play(page, "challenge", choices);
  await page.reload();
  await expect(page.locator(".debrief")).toBeVisible();
  await page.getByRole("button", { name: "Play again" }).click();
  for (const text of choices) await take(page, text, false);
  await expect(page.locator(".debrief")).toBeVisible();
  const attempts = () =>
    page.evaluate(() => {
      const key = Object.keys(localStorage).find((key) => key.includes(":attempts:"));
      return key ? JSON.parse(localStorage.getItem(key)!) : [];
    });
  await expect.poll(async () => (await attempts()).length).toBe(2);
  expect((await attempts())[0].final).toBe(final);
});

for (const mode of ["practice", "challenge"] as const) {
  for (const reached of [false, true]) {
    test(`${mode}: an attempt is kept once by a page that was left ${reached ? "after" : "before"} it was appended`, async ({ page, url }) => {
      await page.goto(url(path));
      await ready(page);
      const { choices, final } = anEnding(path);
      // Whoever waits for a turn to write never has it.
      if (!reached) await page.evaluate(() => void (navigator.locks.request = () => new Promise<never>(() => {})));
      await play(page, mode, choices);
      const finals = () =>
        page.evaluate(() => {
          const key = Object.keys(localStorage).find((key) => key.includes(":attempts:"));
          const attempts = key ? JSON.parse(localStorage.getItem(key)!) : [];
          return attempts.map((attempt: { final: number }) => attempt.final);
        });
      await expect.poll(finals).toEqual(reached ? [final] : []);
      // As it stands between the two.
      if (reached) {
        await page.evaluate(() => {
          const key = Object.keys(sessionStorage).find((key) => key.includes(":run:"))!;
          sessionStorage.setItem(key, JSON.stringify({ ...JSON.parse(sessionStorage.getItem(key)!), ended: false }));
        });
      }
      await page.reload();
      // Practice waits for the reader: the last reply stands.
      if (mode === "practice") await page.getByRole("button", { name: "Go on" }).click();
      await expect(page.locator(".debrief")).toBeVisible();
      await expect.poll(finals).toEqual([final]);
      // Then it is no longer under way.
      await expect.poll(async () => (await stored(page)).filter((key) => key.includes(":run:")).length).toBe(1);
      await page.reload();
      await expect(page.locator(".debrief")).toBeVisible();
      expect(await finals()).toEqual([final]);
    });
  }
}

test("where storage is refused, it plays all the same", async ({ page, url }) => {
  await page.goto(url(path));
  await ready(page);
  const { choices } = anEnding(path);
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("refused", "SecurityError");
        },
      });
    }
  });
  await page.reload();
  await ready(page);
  await play(page, "challenge", choices);
});

test("a choice leaves no step in the history: Back leaves, and coming back goes on", async ({ page, url }) => {
  await page.goto(url("index.html"));
  await page.goto(url(path));
  await ready(page);
  const { choices } = anEnding(path);
  await begin(page, "challenge");
  await take(page, choices[0]!, false);
  await take(page, choices[1]!, false);
  await page.goBack();
  await expect(page).toHaveURL(url("index.html"));
  await page.goForward();
  await expect(page.locator(".stage .you")).toHaveCount(2);
});

test("home goes on with the newest of the runs that were left", async ({ page, url, context }) => {
  const [one, other] = scenarios as [string, string];
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

test("a run that is no run is set aside, and the talk begins", async ({ page, url }) => {
  await page.goto(url(path));
  await ready(page);
  await page.evaluate(() => {
    const { course } = document.documentElement.dataset;
    const { slug } = document.querySelector<HTMLElement>(".story")!.dataset;
    for (const storage of [localStorage, sessionStorage]) storage.setItem(`amends:${course}:run:${slug}`, "{ broken");
  });
  await page.reload();
  await ready(page);
  await begin(page, "practice");
  await page.goto(url("record/index.html"));
  await expect(page.locator(".aside")).toBeVisible();
});

test("a new version with choices that were renamed goes on at the same line", async ({ page }) => {
  const work = temporary();
  const [source, site] = [join(work, "course"), join(work, "site")];
  amends("new", "--quiet", source);
  const build = () => amends("build", "--quiet", "--site", source, "--output", site);
  build();
  const { server, root } = await serving(site);
  try {
    const folder = join(source, "content/scenarios");
    const [name] = readdirSync(folder) as [string];
    await page.goto(`${root}scenarios/${name.replace(".yaml", "")}/index.html`);
    await ready(page);
    await begin(page, "practice");
    const first = page.locator(".stage .choice").first();
    const said = (await first.locator(".text").textContent())!;
    await first.click();
    await page.getByRole("button", { name: "Go on" }).click();
    await first.click();
    // Each choice has a new name, and what was said first begins with another word.
    const before = readFileSync(join(folder, name), "utf8");
    const renamed = before.replace(/^( +)- id: ([\w-]+)$/gm, "$1- id: new-$2\n$1  was: [$2]");
    const after = renamed.replace(said.slice(0, 12), `Well. ${said.slice(0, 12)}`);
    expect([renamed !== before, after !== renamed]).toEqual([true, true]);
    writeFileSync(join(folder, name), after);
    build();
    await page.reload();
    await expect(page.locator(".notice")).toContainText("You are back where you left.");
    await expect(page.locator(".stage .you")).toHaveCount(2);
    await expect(page.locator(".stage .you .line").first()).toContainText("Well.");
  } finally {
    server.close();
    rmSync(work, { recursive: true });
  }
});
