// What a screen reader gets in every state: names, roles and their order, descriptions of what has focus, and announcements.

import { practice, shipped, SCENARIO } from "./courses";
import { begin, chooseAll, openChoices, play, unfoldDebrief, waitForPlayer } from "./player";
import { anyPlay, type Play, playsToEndings } from "./proved";
import { expect, test, type Page } from "./site";

/** The description that a screen reader reads after the name of an element. */
const description = (page: Page, selector: string) =>
  page.locator(selector).last().evaluate((element) =>
    (element.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent?.trim().replace(/\s+/g, " ")).join(" "),
  );

const announcement = (page: Page) => page.locator(".stage > [role=status]").textContent();

test("brief, moment, reply, ending and debrief are read in the order in which they appear", async ({ page, open }) => {
  await open(SCENARIO);
  await expect(page.locator("main")).toMatchAriaSnapshot(`
    - main:
      - heading [level=1]
      - term
      - group "How do you want to play?":
        - radio /Practice/
        - radio /Challenge/
      - button "Start"
  `);
  await begin(page, "practice");
  await expect(page.locator(".stage")).toMatchAriaSnapshot(`
    - status
    - paragraph: /goodwill \\d+/
    - heading "Moment 1" [level=3]
    - group "What do you say?":
      - button
  `);
  const lines = (await page.locator(".stage .lines .line").allTextContents()).map((line) => line.trim());
  for (const line of lines) expect(await description(page, ".stage .choices")).toContain(line.replace(/\s+/g, " "));
  await openChoices(page).first().press("Enter");
  const heading = page.locator(".answer .by").last();
  await expect(heading).toBeFocused();
  expect(await description(page, ".answer .by")).toBe((await page.locator(".answer > :not(.by)").allTextContents()).join(" ").trim().replace(/\s+/g, " "));
  expect(await announcement(page)).toMatch(/^Goodwill \d+, (up|down) \d+: /);
  // The heading of a reply is the speaker's name; the trainee's own line has no heading.
  await expect(page.locator(".stage").getByRole("heading", { name: "You" })).toHaveCount(0);
  await expect(page.locator(".beat").last()).toMatchAriaSnapshot(`
    - paragraph: You
    - heading [level=3]
    - paragraph: /Goodwill \\d+/
    - heading [level=4]
    - list
  `);
  await expect(page.locator(".controls").getByRole("button")).toHaveText(["Go on", "Try that moment again"]);
  await page.getByRole("button", { name: "Go on" }).press("Enter");
  await chooseAll(page, anyPlay().choices.slice(1));
  await unfoldDebrief(page);
  const final = await page.locator(".score b").textContent();
  await expect.poll(() => announcement(page)).toMatch(new RegExp(`^The end: ${final} of 100, .+\\. The debrief follows\\.$`));
  await expect(page.locator(".debrief")).toMatchAriaSnapshot(`
    - region:
      - paragraph: /${final} of 100/
      - heading [level=2]
      - region "The one line that would have changed most":
        - heading "The one line that would have changed most" [level=3]
        - blockquote
        - button "Continue from there"
        - button "Play again"
      - group:
        - heading "How the conversation went" [level=3]
      - group:
        - heading /Where .* points went/ [level=3]
        - table
      - group:
        - heading "The skills" [level=3]
        - list
      - group:
        - heading "Moment by moment" [level=3]
        - list
      - group:
        - heading "Before you go on" [level=3]
        - textbox
        - textbox
      - heading "What next" [level=3]
      - button "Play it as a challenge"
  `);
});

test("no heading level is skipped, in a play or its debrief", async ({ page, open }) => {
  await open(SCENARIO, "practice");
  const skippedLevels = () => page.evaluate(() => {
    const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5")].filter((each) => each.checkVisibility()).map(({ tagName }) => Number(tagName[1]));
    return levels.filter((level, place) => level > (levels[place - 1] ?? 0) + 1);
  });
  expect(await skippedLevels()).toEqual([]);
  await chooseAll(page, anyPlay().choices);
  await unfoldDebrief(page);
  expect(await skippedLevels()).toEqual([]);
});

test("the skip link leads to the text, and does not change a play", async ({ page, open }) => {
  await open(SCENARIO, "practice");
  await openChoices(page).first().press("Enter");
  expect(await page.evaluate(() => document.querySelector("a, button, input, [tabindex]")!.className)).toBe("skip");
  await page.getByRole("link", { name: "Skip to the text" }).focus();
  await expect(page.locator(".skip")).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
  await expect(page.locator(".stage .you")).toHaveCount(1);
  await page.reload();
  await waitForPlayer(page);
  await expect(page.locator(".skip")).toHaveCount(1);
});

test("the menu is read as a dialog with its groups", async ({ page, open }) => {
  await open(SCENARIO, "practice");
  await page.locator(".menu-button:enabled").click();
  await expect(page.getByRole("dialog", { name: "Display and keys" })).toMatchAriaSnapshot(`
    - dialog "Display and keys":
      - heading "Display and keys" [level=2]
      - group "Text size":
        - radio "Normal" [checked]
        - radio "Larger"
        - radio "Largest"
      - group "Colors":
        - radio "As on this device" [checked]
        - radio "Light"
        - radio "Dark"
      - heading "Keys" [level=3]
      - term
      - definition: choose in a conversation
      - group:
        - checkbox "Use single-key shortcuts" [checked]
  `);
});

test("the debrief of a second attempt, and the strongest lines, are read in the order in which they appear", async ({ page, open }) => {
  await open(SCENARIO);
  const [first, second] = Object.values(playsToEndings(practice, SCENARIO)) as [Play, Play];
  await play(page, "practice", first.choices);
  await page.getByRole("button", { name: "Play again" }).press("Enter");
  await chooseAll(page, second.choices);
  await unfoldDebrief(page);
  await expect(page.locator(".debrief")).toMatchAriaSnapshot(`
    - region:
      - region "Your first, and this one":
        - heading "Your first, and this one" [level=3]
        - paragraph: The first attempt scored ${first.final} this one ${second.final}
        - paragraph: /At moment \\d+/
      - heading "What next" [level=3]
      - button "Play it as a challenge"
      - button "Read the strongest lines"
      - button "Print as a transcript"
      - button "Download as a file"
      - button "Download the conversation as text"
      - button /^Again on .+ for your calendar$/
  `);
  await page.getByRole("button", { name: "Read the strongest lines" }).press("Enter");
  await expect(page.locator(".stage")).toMatchAriaSnapshot(`
    - status
    - paragraph: /strongest line at each moment/
    - button "Back to the debrief"
    - heading "Moment 1" [level=3]
    - paragraph: You
    - heading [level=3]
    - paragraph: /Goodwill \\d+/
    - heading "Why this works" [level=4]
    - button "Go on"
  `);
});

test.describe("in the course that ships", () => {
  test.use({ course: shipped });

  test("a post is read with its author and its counts", async ({ page, open }) => {
    await open("scenarios/forty-comments-before-breakfast/index.html", "practice");
    await expect(page.locator(".beat").first()).toMatchAriaSnapshot(`
      - heading "Moment 1" [level=3]
      - paragraph: Samir
      - paragraph
      - paragraph: /Comments. 40/
      - group "What do you do?":
        - button
    `);
  });
});

test("the plan in a record is read as what to play again and the skill to work on", async ({ page, open, url }) => {
  await open(SCENARIO);
  await play(page, "challenge", anyPlay().choices);
  await page.goto(url("record/index.html"));
  await expect(page.locator(".plan")).toMatchAriaSnapshot(`
    - region "What next":
      - heading "What next" [level=2]
      - heading "Play again" [level=3]
      - list:
        - listitem:
          - link
      - heading "The skill to work on" [level=3]
      - paragraph: /\\d+ of 100 in your last conversations/
  `);
});
