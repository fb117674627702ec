// Checks accessibility and layout of every kind of page and every state of a play, in every width and color scheme. The
// screenshots stay in target/screens for review by eye.

import { join } from "node:path";
import { languages, practice, shipped, slugOf, SCENARIO } from "./courses";
import { captureAndCheck, captureLayouts, PICTURES, SHEET } from "./pictures";
import { begin, choose, chooseAll, unfoldDebrief, waitForPlayer } from "./player";
import { anyPlay, choicesToClosed, playsToEndings } from "./proved";
import { expect, test } from "./site";
import { attempt, store } from "./stored";

const staticPages: Record<string, string> = {
  home: "index.html",
  lesson: practice.lessonsWithDrills[0]!,
  "record, empty": "record/index.html",
  desk: "desk/index.html",
  catalog: "catalog/index.html",
  missing: "404.html",
  "course on paper": "print/index.html",
};

for (const [name, path] of Object.entries(staticPages)) {
  test(`layout of the page: ${name}`, async ({ page, url }) => {
    await page.goto(url(path));
    await captureLayouts(page, name);
  });
}

test.describe("in the course that ships", () => {
  test.use({ course: shipped });

  test("layout of a lesson with faces", async ({ page, url }) => {
    await page.goto(url(shipped.lessons.find((path) => path.includes("apology"))!));
    const face = page.locator(".dialogue .plate img").first();
    await face.scrollIntoViewIfNeeded();
    await expect(face).toHaveJSProperty("complete", true);
    await captureAndCheck(page, "lesson with faces");
  });
});

test("layout of search results", async ({ page, url }) => {
  await page.goto(url("search/index.html"));
  await page.getByRole("searchbox").fill("promise");
  await expect(page.locator("mark").first()).toBeVisible();
  await captureLayouts(page, "search");
});

test("layout of each state of a practice", async ({ page, open }) => {
  await open(SCENARIO);
  const { choices } = anyPlay();
  await captureAndCheck(page, "brief");
  await begin(page, "practice");
  const hint = page.locator(".stage .hint summary");
  if (await hint.count()) await hint.click();
  await captureAndCheck(page, "moment");
  await choose(page, choices[0]!);
  await captureAndCheck(page, "reply");
  await page.reload();
  await waitForPlayer(page);
  await captureAndCheck(page, "resumed");
  await page.getByRole("button", { name: "Go on" }).click();
  await chooseAll(page, choices.slice(1));
  await expect(page.locator(".debrief:not([aria-busy])")).toBeVisible();
  await captureAndCheck(page, "debrief of a practice");
  await unfoldDebrief(page);
  await captureAndCheck(page, "debrief, unfolded");
});

test("layout of a challenge, and of the home page after it", async ({ page, open, url }) => {
  await open(SCENARIO, "challenge");
  // The best ending shows the gold of mastery.
  const { choices } = Object.values(playsToEndings(practice, SCENARIO)).reduce((best, other) => (other.final > best.final ? other : best));
  await choose(page, choices[0]!);
  await captureAndCheck(page, "challenge");
  await chooseAll(page, choices.slice(1));
  await expect(page.locator(".hand-over .code")).not.toBeEmpty();
  await captureAndCheck(page, "debrief of a challenge");
  await page.goto(url("index.html"));
  await expect(page.locator(".card .best")).toBeVisible();
  await captureAndCheck(page, "home, underway");
});

test("layout of a full record and its certificate", async ({ page, url }) => {
  await page.goto(url("record/index.html"));
  const attempts = practice.scenarios.slice(0, 7).map((path, place) => {
    const final = 97 - place * 8;
    const more = { at: `2026-0${place + 1}-12T08:00:00.000Z`, skills: { listen: final, empathize: final - 5, apologize: final - 9, act: 60 } };
    const challenge = attempt(final, { ...more, mastery: final > 90 });
    return [`attempts:${slugOf(path)}`, [attempt(final - 20, { ...more, mode: "practice", tries: 2, pass: false, mastery: false }), challenge]];
  });
  await store(page, Object.fromEntries(attempts));
  await page.reload();
  await page.getByLabel("The name to print on it").fill("Amina Okonkwo");
  await captureAndCheck(page, "record");
  await page.evaluate(() => (window.print = () => {}));
  await page.getByRole("button", { name: "Print the certificate" }).click();
  await page.setViewportSize(SHEET);
  await page.emulateMedia({ media: "print" });
  await page.screenshot({ path: join(PICTURES, "certificate.jpg"), type: "jpeg", fullPage: true });
});

for (const path of practice.scenarios) {
  const [, channel] = /data-channel="(\w+)"/.exec(practice.html(path))!;
  test(`layout of a conversation by ${channel}`, async ({ page, open }) => {
    await open(path, "practice");
    const { choices } = anyPlay(practice, path);
    await choose(page, choices[0]!, true);
    await choose(page, choices[1]!);
    await captureAndCheck(page, `talk, ${channel}`);
  });
}

test.describe("in a course that closes choices", () => {
  test.use({ course: languages });

  test("layout of a closed choice", async ({ page, open }) => {
    const [path] = languages.scenariosWithClosedChoices as [string];
    await open(path, "practice");
    await chooseAll(page, choicesToClosed(languages, path));
    await captureAndCheck(page, "closed choice");
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("layout of the readable story", async ({ page, url }) => {
    await page.goto(url(SCENARIO));
    await captureLayouts(page, "story, brief");
    await page.getByRole("link", { name: "Start" }).click();
    await captureLayouts(page, "story, moment");
    await page.locator(".choice:visible").first().click();
    await captureLayouts(page, "story, reply");
  });
});
