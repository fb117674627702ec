// My record, the home page and lessons: what is stored about a trainee, and how it is shown, exported, imported and deleted.

import { practice, slugOf, SCENARIO } from "./courses";
import { countPrintedPages } from "./layout";
import { choice, choose, downloadText, play, unfoldDebrief } from "./player";
import { anyPlay } from "./proved";
import { expect, test, type Page } from "./site";
import { attempt, store } from "./stored";

const { lessons } = practice;
const [first, second] = practice.scenarios.map(slugOf) as [string, string];
const RECORD = "record/index.html";

test("the contents of a lesson are folded on a phone, and lead to its parts", async ({ page, url }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(url(lessons[0]!));
  const last = page.locator(".contents a").last();
  await expect(last).toBeHidden();
  await page.locator(".contents summary").click();
  await last.click();
  await expect(page.locator(".contents .meta")).toHaveText(/^Part \d+ of \d+$/);
});

test("the contents of a lesson mark the current part and those that were read", async ({ page, url }) => {
  await page.setViewportSize({ width: 1400, height: 800 });
  await page.goto(url(lessons[0]!));
  const links = page.locator(".contents a");
  await expect(page.locator(".contents [aria-current]")).toHaveCount(0);
  const hash = (await links.nth(2).getAttribute("href"))!;
  await page.locator(`[id="${hash.slice(1)}"]`).evaluate((each) => each.scrollIntoView({ behavior: "instant" }));
  await expect(links.nth(2)).toHaveAttribute("aria-current", "true");
  await expect(page.locator(".contents .read")).toHaveCount(2);
  await expect(page.locator(".contents .meta")).toHaveText(`Part 3 of ${await links.count()}`);
  await expect(page.locator(".contents .meta")).toBeInViewport();
});

test("every attempt is in the record, and the first challenge is the one that counts", async ({ page, open, url }) => {
  await open(SCENARIO);
  const { choices, final } = anyPlay();
  await play(page, "practice", choices);
  await page.getByRole("button", { name: "Play it as a challenge" }).click();
  for (let plays = 0; plays < 2; plays++) {
    for (const text of choices) await choose(page, text);
    await expect(page.locator(".debrief")).toBeVisible();
    if (!plays) await page.getByRole("button", { name: "Play again" }).click();
  }
  await page.goto(url(RECORD));
  const lines = page.locator(".attempts > li:visible");
  await expect(lines).toHaveCount(3);
  await expect(lines.nth(2)).toContainText("practice, no moment tried again");
  await expect(lines.nth(1).locator(".recorded")).toBeVisible();
  await expect(page.locator(".recorded:visible")).toHaveCount(1);
  await expect(lines.nth(1).locator("b")).toHaveText(String(final));
  await page.goto(url("index.html"));
  await expect(page.locator(`.card[data-slug="${slugOf(SCENARIO)}"] .best`)).toContainText(String(final));
});

test("an attempt that continues from a moment is not recorded", async ({ page, open, url }) => {
  await open(SCENARIO);
  const { choices, final } = anyPlay();
  await play(page, "challenge", choices);
  await unfoldDebrief(page);
  const moment = page.locator(".moments > li").nth(1);
  await moment.locator("details").evaluate((each) => each.setAttribute("open", ""));
  await moment.getByRole("button", { name: "Continue from here" }).click();
  await expect(page.locator(".stage .you")).toHaveCount(1);
  await expect(page.locator(".notice")).toContainText("You are continuing from moment 2");
  await choice(page, choices[1]!).click();
  await page.getByRole("button", { name: "Go on" }).click();
  for (const text of choices.slice(2)) await choose(page, text, true);
  await expect(page.locator(".result .mode")).toContainText("Continued from moment 2");
  await page.getByRole("button", { name: "Back to the debrief" }).click();
  await expect(page.locator(".result .mode")).toHaveText("Challenge.");
  await expect(page.locator("#debrief-heading")).toBeFocused();
  await expect(page.locator(".score b")).toHaveText(String(final));
  await page.goto(url(RECORD));
  await expect(page.locator(".attempts > li:visible")).toHaveCount(1);
});

test("answers to the questions are kept, and the result downloads as a file", async ({ page, open, url }) => {
  await open(SCENARIO);
  const { choices, final } = anyPlay();
  await play(page, "challenge", choices);
  await unfoldDebrief(page);
  await page.locator("textarea").first().fill("The second line.");
  const file = JSON.parse(await downloadText(page, "Download as a file"));
  expect(file).toMatchObject({ scenario: slugOf(SCENARIO), mode: "challenge", report: { final: { rounded: final } } });
  expect(file.run).toHaveLength(choices.length);
  // The page is left while the trainee types.
  await page.locator("textarea").last().pressSequentially("Ask first");
  await page.reload();
  await unfoldDebrief(page);
  await expect(page.locator("textarea").first()).toHaveValue("The second line.");
  await expect(page.locator("textarea").last()).toHaveValue("Ask first");
  await page.goto(url(RECORD));
  await expect(page.locator(".answers:visible")).toHaveText([/would you say again.*The second line\./s, /do differently.*Ask first/s]);
});

test("the certificate counts the first challenges by default, and prints alone on one page", async ({ page, url }) => {
  await page.goto(url(RECORD));
  await expect(page.locator(".certificate")).toBeHidden();
  await store(page, { [`attempts:${first}`]: [attempt(84), attempt(97)], [`attempts:${second}`]: [attempt(40), attempt(99)] });
  await page.reload();
  await page.getByLabel("The name to print on it").fill("Amina Okonkwo");
  await expect(page.locator(".certificate .holder")).toHaveText("Amina Okonkwo");
  await expect(page.locator(".certificate li")).toHaveCount(1);
  await expect(page.locator(".certificate li b")).toHaveText("84");
  await page.evaluate(() => (window.print = () => {}));
  await page.getByRole("button", { name: "Print the certificate" }).click();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".entries, .badges, .top, .foot, button:visible").filter({ visible: true })).toHaveCount(0);
  expect(await countPrintedPages(page)).toBe(1);
  await page.emulateMedia({ media: "screen" });
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.reload();
  await expect(page.getByLabel("The name to print on it")).toHaveValue("Amina Okonkwo");
});

test("a badge requires no more scenarios than test its skill", async ({ page, url }) => {
  await page.goto(url(RECORD));
  const rare = page.locator('.badges > li[data-scenarios="1"]').first();
  const skill = (await rare.getAttribute("data-skill"))!;
  await store(page, { [`attempts:${first}`]: [attempt(84, { skills: { listen: 84, [skill]: 76 } })] });
  await page.reload();
  await expect(rare).toHaveClass(/earned/);
  await expect(rare.locator("p")).toHaveText("Earned: 75 or more in 1 conversation.");
  const common = page.locator('.badges > li[data-skill="listen"]');
  await expect(common).not.toHaveClass(/earned/);
  await expect(common.locator("p")).toHaveText("75 or more in 1 of 3 conversations.");
});

test("the plan shows what to play again and when, and which skill to work on", async ({ page, url }) => {
  await page.clock.setFixedTime(new Date("2026-01-20T12:00:00"));
  await page.goto(url(RECORD));
  await expect(page.locator(".plan")).toBeHidden();
  const skills = { listen: 84, apologize: 40 };
  await store(page, { [`attempts:${first}`]: [attempt(84, { at: "2026-01-19T08:00:00", skills })], [`attempts:${second}`]: [attempt(40, { at: "2026-01-09T08:00:00", skills })] });
  await page.reload();
  const titles = (await page.locator(".entries > li:visible h3").allTextContents()).sort();
  await expect(page.locator(".plan li")).toHaveCount(2);
  expect((await page.locator(".plan li a").allTextContents()).sort()).toEqual(titles);
  // A week after an attempt that did not pass, two weeks after one that did.
  await expect(page.locator(".plan li small")).toHaveText(["It is time", "Monday, February 2"]);
  await expect(page.locator(".weak")).toContainText("Apologize 40 of 100");
  const strong = { [`attempts:${first}`]: [attempt(95, { at: "2026-01-19T08:00:00", skills: { listen: 95 } })], [`attempts:${second}`]: [] };
  const taught = page.locator(`.badges [data-skill="apologize"] a`);
  if (await taught.count()) await expect(page.locator(".weak .taught")).toHaveAttribute("href", (await taught.evaluate((link: HTMLAnchorElement) => link.href)));
  else await expect(page.locator(".weak .taught")).toBeHidden();
  // Each skill has one badge, under the title of a model with that skill.
  const badges = await page.locator(".badges > li").evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset["skill"]));
  expect(new Set(badges).size).toBe(badges.length);
  expect(await page.locator(".families h3").count()).toBeGreaterThan(1);
  await expect(page.locator(".families h3 + .badges")).toHaveCount(await page.locator(".families h3").count());
  // A strong skill is no weakness, even if it is the only one.
  await store(page, strong);
  await page.reload();
  await expect(page.locator(".plan li")).toHaveCount(1);
  await expect(page.locator(".weak")).toBeHidden();
});

test("the certificate counts the best challenges if the course says so", async ({ page, url }) => {
  await page.route("**/record/index.html", async (route) => {
    const response = await route.fetch();
    const built = await response.text();
    const changed = built.replace('data-certificate="first"', 'data-certificate="best"');
    expect(changed).not.toBe(built);
    await route.fulfill({ response, body: changed });
  });
  await page.goto(url(RECORD));
  await store(page, { [`attempts:${first}`]: [attempt(84), attempt(97)], [`attempts:${second}`]: [attempt(40), attempt(99)] });
  await page.reload();
  await expect(page.locator(".certificate li")).toHaveCount(2);
  expect((await page.locator(".certificate li b").allTextContents()).sort()).toEqual(["97", "99"]);
});

test("the record is exported, deleted and imported, and importing it again adds nothing", async ({ page, url }) => {
  await page.goto(url(RECORD));
  await store(page, { [`attempts:${slugOf(SCENARIO)}`]: [attempt(84)], lessons: { [slugOf(lessons[0]!)]: "2026-01-01" }, drills: { [slugOf(lessons[1]!)]: [0] } });
  await page.reload();
  const file = { name: "record.json", mimeType: "application/json", buffer: Buffer.from(await downloadText(page, "Export")) };
  await page.getByRole("button", { name: "Delete my data" }).click();
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(page.locator(".attempts > li:visible")).toHaveCount(1);
  await page.getByRole("button", { name: "Delete my data" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete my data" }).click();
  await expect(page.locator(".none")).toBeVisible();
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
  for (const count of [1, 0]) {
    await page.locator("[type=file]").setInputFiles(file);
    await expect(page.getByRole("status")).toHaveText(`Imported: ${count} new ${count === 1 ? "attempt" : "attempts"}.`);
    await expect(page.locator(".attempts > li:visible")).toHaveCount(1);
  }
  await expect(page.getByText(/Lessons done: 1 of \d+/)).toBeVisible();
  expect(await page.evaluate(() => Object.entries(localStorage).find(([name]) => name.endsWith(":drills"))?.[1])).toBe(JSON.stringify({ [slugOf(lessons[1]!)]: [0] }));
  for (const [text, message] of [
    ["{", "not a record"],
    [JSON.stringify({ kind: "record", v: 1, course: "another", items: {} }), "another course"],
  ] as const) {
    await page.locator("[type=file]").setInputFiles({ ...file, buffer: Buffer.from(text) });
    await expect(page.getByRole("status")).toContainText(message);
  }
});

test("stored data that cannot be read is set aside and reported, and the rest is shown", async ({ page, url }) => {
  await page.goto(url(RECORD));
  await store(page, { [`attempts:${first}`]: "[{ broken", lessons: "7", [`attempts:${second}`]: [attempt(84), { v: 99, final: "later" }, null] });
  await page.reload();
  await expect(page.locator(".aside")).toContainText("(2)");
  await expect(page.locator(".attempts > li:visible")).toHaveCount(1);
  const aside = await page.evaluate(() => Object.entries(localStorage).filter(([name]) => name.includes(":aside:")).map(([, text]) => text));
  expect(aside.sort()).toEqual(["7", "[{ broken"]);
});

test("where nothing can be stored, the page reports it once and the play continues", async ({ page, open, url }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await open(SCENARIO, "practice");
  await page.locator(".stage .choice").first().click();
  await expect(page.locator(".not-kept")).toHaveCount(1);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.locator(".stage .choice").first().click();
  await expect(page.locator(".not-kept")).toHaveCount(1);
  await page.goto(url(lessons[0]!));
  await page.getByRole("button", { name: "Mark as done" }).click();
  await expect(page.locator(".finish [role=status]")).toContainText("does not let");
});

test("nothing is lost if two tabs store at once", async ({ page, context, url }) => {
  // A page gives other tabs a moment to see what it stored. A busy machine needs a longer one.
  await context.addInitScript(() => {
    const wait = window.setTimeout;
    window.setTimeout = ((then: () => void, time = 0) => wait(then, 20 * time)) as typeof window.setTimeout;
  });
  const other = await context.newPage();
  for (const tab of [page, other]) await tab.goto(url(lessons[0]!));
  await other.goto(url(lessons[1]!));
  const press = (tab: Page) => tab.locator(".finish [data-do=mark]").evaluate((button) => (button as HTMLElement).click());
  await Promise.all([page, other].map(press));
  for (const tab of [page, other]) await expect(tab.getByText("This lesson is done.")).toBeVisible();
  await page.goto(url(RECORD));
  await expect(page.getByText(/Lessons done: 2 of \d+/)).toBeVisible();
});

test("a lesson is done once it is marked, and home continues with the next one", async ({ page, open, url }) => {
  await page.goto(url("index.html"));
  const start = page.locator("[data-start]");
  await expect(start).toHaveText("Start with the first lesson");
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  const [firstLesson, secondLesson] = await page.locator(".path a").allTextContents();
  await start.click();
  await page.getByRole("button", { name: "Mark as done" }).click();
  await expect(page.getByText("This lesson is done.")).toBeVisible();
  await page.goto(url("index.html"));
  await expect(page.locator(".path li").first()).toContainText(`${firstLesson} Done`);
  await expect(start).toHaveText(`Continue: ${secondLesson}`);
  await open(SCENARIO, "practice");
  await page.locator(".stage .choice").first().click();
  await page.goto(url("index.html"));
  await expect(start).toContainText("Continue with");
  await start.click();
  await expect(page.locator(".stage .you")).toHaveCount(1);
});
