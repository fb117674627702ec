// Every kind of page and every state of a play: no barrier that axe knows and a layout that holds, in every look; the
// pictures stay in target/screens, for people to look at.

import { join } from "node:path";
import { languages, practice, shipped, slugOf, TALK } from "./courses";
import { look, PICTURES, seen, SHEET } from "./pictures";
import { begin, hurry, ready, take, unfolded } from "./player";
import { anEnding, endings, toClosed } from "./proved";
import { expect, test } from "./site";

const still: Record<string, string> = {
  home: "index.html",
  lesson: practice.drilled[0]!,
  "record, empty": "record/index.html",
  desk: "desk/index.html",
  catalog: "catalog/index.html",
  missing: "404.html",
  "course on paper": "print/index.html",
};

for (const [name, path] of Object.entries(still)) {
  test(`${name} is seen`, async ({ page, url }) => {
    await page.goto(url(path));
    await seen(page, name);
  });
}

test.describe("in the course that ships", () => {
  test.use({ course: shipped });

  test("faces and a drawing are seen", async ({ page, url }) => {
    await page.goto(url(shipped.lessons.find((path) => path.includes("apology"))!));
    const face = page.locator(".dialogue .plate img").first();
    await face.scrollIntoViewIfNeeded();
    await expect(face).toHaveJSProperty("complete", true);
    await look(page, "lesson with faces");
  });
});

test("what a search finds is seen", async ({ page, url }) => {
  await page.goto(url("search/index.html"));
  await page.getByRole("searchbox").fill("promise");
  await expect(page.locator("mark").first()).toBeVisible();
  await seen(page, "search");
});

test("a practice is seen", async ({ page, open }) => {
  await open(TALK);
  const { choices } = anEnding();
  await look(page, "brief");
  await begin(page, "practice");
  const hint = page.locator(".stage .hint summary");
  if (await hint.count()) await hint.click();
  await look(page, "moment");
  await take(page, choices[0]!);
  await look(page, "reply");
  await page.reload();
  await ready(page);
  await look(page, "resumed");
  await page.getByRole("button", { name: "Go on" }).click();
  await hurry(page, choices.slice(1));
  await expect(page.locator(".debrief:not([aria-busy])")).toBeVisible();
  await look(page, "debrief of a practice");
  await unfolded(page);
  await look(page, "debrief, unfolded");
});

test("a challenge is seen, and what it leaves", async ({ page, open, url }) => {
  await open(TALK, "challenge");
  // The best ending, for the gold, and for the certificate.
  const { choices } = Object.values(endings(practice, TALK)).reduce((best, other) => (other.final > best.final ? other : best));
  await take(page, choices[0]!);
  await look(page, "challenge");
  await hurry(page, choices.slice(1));
  await expect(page.locator(".hand-over .code")).not.toBeEmpty();
  await look(page, "debrief of a challenge");
  await page.goto(url("index.html"));
  await expect(page.locator(".card .best")).toBeVisible();
  await look(page, "home, underway");
});

test("a full record is seen", async ({ page, url }) => {
  await page.goto(url("record/index.html"));
  const attempts = practice.scenarios.slice(0, 7).map((path, place) => {
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
  await look(page, "record");
  await page.evaluate(() => (window.print = () => {}));
  await page.getByRole("button", { name: "Print the certificate" }).click();
  await page.setViewportSize(SHEET);
  await page.emulateMedia({ media: "print" });
  await page.screenshot({ path: join(PICTURES, "certificate.jpg"), type: "jpeg", fullPage: true });
});

for (const path of practice.scenarios) {
  const [, channel] = /data-channel="(\w+)"/.exec(practice.html(path))!;
  test(`a talk by ${channel} is seen`, async ({ page, open }) => {
    await open(path, "practice");
    const { choices } = anEnding(practice, path);
    await take(page, choices[0]!, true);
    await take(page, choices[1]!);
    await look(page, `talk, ${channel}`);
  });
}

test.describe("in a course that closes choices", () => {
  test.use({ course: languages });

  test("a closed choice is seen", async ({ page, open }) => {
    const [path] = languages.closing as [string];
    await open(path, "practice");
    await hurry(page, toClosed(languages, path));
    await look(page, "closed choice");
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a story is seen", async ({ page, url }) => {
    await page.goto(url(TALK));
    await seen(page, "story, brief");
    await page.getByRole("link", { name: "Start" }).click();
    await seen(page, "story, moment");
    await page.locator(".choice:visible").first().click();
    await seen(page, "story, reply");
  });
});
