// Every page and every state of a play, seen in four widths, in light, dark and print: its layout is held, and the
// pictures stay in target/screens, for people to look at.

import { join } from "node:path";
import { shipped } from "./made";
import { fits, ON_PAPER } from "./layout";
import { begin, hurry, ready, take } from "./player";
import { anEnding, endings, toClosed } from "./proved";
import { closing, expect, lessons, scenarios, source, test, type Page } from "./site";

const PICTURES = join(shipped, "target/screens");
const WIDTHS = [360, 768, 1280, 1920];
/** The narrowest that must hold, an old phone or the frame of a learning system; then those that are looked at. */
const HELD = [320, ...WIDTHS];
/** A sheet of A4, in CSS pixels. */
const SHEET = { width: 794, height: 1123 };

const slugOf = (path: string) => path.split("/").at(-2)!;
const [first] = scenarios as [string];
const drilled = lessons.find((path) => source(path).includes('class="story drill"'))!;

/** Looks at the page as it stands, and takes its pictures: of a very long one the beginning. */
async function seen(page: Page, name: string): Promise<void> {
  const high = await page.evaluate(() => document.documentElement.scrollHeight);
  const picture = (kind: string) => ({ path: join(PICTURES, `${name}-${kind}.jpg`), type: "jpeg", quality: 60, fullPage: high < 20_000 }) as const;
  for (const width of HELD) {
    await page.setViewportSize({ width, height: Math.round(Math.max(640, width * 0.6)) });
    await fits(page, `${name}, ${width} pixels wide`);
    if (!WIDTHS.includes(width)) continue;
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot(picture(`${width}-${colorScheme}`));
    }
  }
  await page.setViewportSize(SHEET);
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  await fits(page, `${name}, on paper`, ON_PAPER);
  await page.screenshot(picture("print"));
  await page.emulateMedia({ media: null });
}

const still: Record<string, string> = {
  home: "index.html",
  lesson: drilled,
  "record, empty": "record/index.html",
  desk: "desk/index.html",
  missing: "404.html",
  "course on paper": "print/index.html",
};

for (const [name, path] of Object.entries(still)) {
  test(`${name} is seen`, async ({ page, url }) => {
    await page.goto(url(path));
    await seen(page, name);
  });
}

test("what a search finds is seen", async ({ page, url }) => {
  await page.goto(url("search/index.html"));
  await page.getByRole("searchbox").fill("promise");
  await expect(page.locator("mark").first()).toBeVisible();
  await seen(page, "search");
});

test("a practice is seen", async ({ page, url }) => {
  test.slow();
  await page.goto(url(first));
  await ready(page);
  const { choices } = anEnding(first);
  await seen(page, "brief");
  await begin(page, "practice");
  const hint = page.locator(".stage .hint summary");
  if (await hint.count()) await hint.click();
  await seen(page, "moment");
  await take(page, choices[0]!, false);
  await seen(page, "reply");
  await page.reload();
  await ready(page);
  await seen(page, "resumed");
  await page.getByRole("button", { name: "Go on" }).click();
  await hurry(page, choices.slice(1));
  await expect(page.locator(".debrief")).toBeVisible();
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await seen(page, "debrief of a practice");
});

test("a challenge is seen, and what it leaves", async ({ page, url }) => {
  test.slow();
  await page.goto(url(first));
  await ready(page);
  // The best ending, for the gold, and for the certificate.
  const { choices } = Object.values(endings(first)).reduce((best, other) => (other.final > best.final ? other : best));
  await begin(page, "challenge");
  await take(page, choices[0]!, false);
  await seen(page, "challenge");
  await hurry(page, choices.slice(1));
  await expect(page.locator(".hand-over .code")).not.toBeEmpty();
  await seen(page, "debrief of a challenge");
  await page.goto(url("index.html"));
  await expect(page.locator(".card .best")).toBeVisible();
  await seen(page, "home, underway");
});

test("a full record is seen", async ({ page, url }) => {
  await page.goto(url("record/index.html"));
  const attempts = scenarios.slice(0, 7).map((path, place) => {
    const final = 97 - place * 8;
    const attempt = { v: 1, at: `2026-0${place + 1}-12T08:00:00.000Z`, mode: "challenge", seed: 1, tries: 0, run: [], final, pass: final > 74, mastery: final > 90, skills: { listen: final, empathize: final - 5, apologize: final - 9, act: 60 } };
    return [`attempts:${slugOf(path)}`, [{ ...attempt, mode: "practice", tries: 2, final: final - 20, pass: false, mastery: false }, attempt]] as const;
  });
  await page.evaluate((attempts) => {
    const { course } = document.documentElement.dataset;
    for (const [name, list] of attempts) localStorage.setItem(`amends:${course}:${name}`, JSON.stringify(list));
  }, attempts);
  await page.reload();
  await page.getByLabel("The name to print on it").fill("Amina Okonkwo");
  await seen(page, "record");
  await page.evaluate(() => (window.print = () => {}));
  await page.getByRole("button", { name: "Print the certificate" }).click();
  await page.setViewportSize(SHEET);
  await page.emulateMedia({ media: "print" });
  await page.screenshot({ path: join(PICTURES, "certificate.jpg"), type: "jpeg", fullPage: true });
});

const channels = new Map(scenarios.map((path) => [/data-channel="(\w+)"/.exec(source(path))![1]!, path]));

for (const [channel, path] of channels) {
  test(`a talk by ${channel} is seen`, async ({ page, url }) => {
    await page.goto(url(path));
    await ready(page);
    const { choices } = anEnding(path);
    await begin(page, "practice");
    await take(page, choices[0]!, true);
    await take(page, choices[1]!, false);
    await seen(page, `talk, ${channel}`);
  });
}

test("a closed choice is seen", async ({ page, url }) => {
  const [path] = closing as [string];
  await page.goto(url(path));
  await ready(page);
  await begin(page, "practice");
  await hurry(page, toClosed(path));
  await seen(page, "closed choice");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a story is seen", async ({ page, url }) => {
    await page.goto(url(first));
    await seen(page, "story, brief");
    await page.getByRole("link", { name: "Start" }).click();
    await seen(page, "story, moment");
    await page.locator(".choice:visible").first().click();
    await seen(page, "story, reply");
  });
});
