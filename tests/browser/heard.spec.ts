// What a screen reader gets: names, roles and order of every state, what is read with what has focus, and what is announced.

import { practice, shipped, TALK } from "./courses";
import { begin, hurry, openChoices, play, ready, unfolded } from "./player";
import { anEnding, endings, type Play } from "./proved";
import { expect, test, type Page } from "./site";

/** The words that are read with an element, after its name. */
const described = (page: Page, selector: string) =>
  page.locator(selector).last().evaluate((element) =>
    (element.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent?.trim().replace(/\s+/g, " ")).join(" "),
  );

const announced = (page: Page) => page.locator(".stage > [role=status]").textContent();

test("brief, moment, reply, ending and debrief are heard in the order in which they are seen", async ({ page, open }) => {
  await open(TALK);
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
  for (const line of lines) expect(await described(page, ".stage .choices")).toContain(line.replace(/\s+/g, " "));
  await openChoices(page).first().press("Enter");
  const heading = page.locator(".answer .by").last();
  await expect(heading).toBeFocused();
  expect(await described(page, ".answer .by")).toBe((await page.locator(".answer > :not(.by)").allTextContents()).join(" ").trim().replace(/\s+/g, " "));
  expect(await announced(page)).toMatch(/^Goodwill \d+, (up|down) \d+: /);
  // Of a reply the heading is who speaks; what oneself said heads nothing.
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
  await hurry(page, anEnding().choices.slice(1));
  await unfolded(page);
  const final = await page.locator(".score b").textContent();
  await expect.poll(() => announced(page)).toMatch(new RegExp(`^The end: ${final} of 100, .+\\. The debrief follows\\.$`));
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

test("no heading is skipped, in any state", async ({ page, open }) => {
  await open(TALK, "practice");
  const jumps = () => page.evaluate(() => {
    const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5")].filter((each) => each.checkVisibility()).map(({ tagName }) => Number(tagName[1]));
    return levels.filter((level, place) => level > (levels[place - 1] ?? 0) + 1);
  });
  expect(await jumps()).toEqual([]);
  await hurry(page, anEnding().choices);
  await unfolded(page);
  expect(await jumps()).toEqual([]);
});

test("a link leads past the bar, and leaves a play as it is", async ({ page, open }) => {
  await open(TALK, "practice");
  await openChoices(page).first().press("Enter");
  expect(await page.evaluate(() => document.querySelector("a, button, input, [tabindex]")!.className)).toBe("skip");
  await page.getByRole("link", { name: "Skip to the text" }).focus();
  await expect(page.locator(".skip")).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
  await expect(page.locator(".stage .you")).toHaveCount(1);
  await page.reload();
  await ready(page);
  await expect(page.locator(".skip")).toHaveCount(1);
});

test("the menu is heard as a dialog with its groups", async ({ page, open }) => {
  await open(TALK, "practice");
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

test("a second attempt, what it leaves, and the strongest lines are heard in the order in which they are seen", async ({ page, open }) => {
  await open(TALK);
  const [one, other] = Object.values(endings(practice, TALK)) as [Play, Play];
  await play(page, "practice", one.choices);
  await page.getByRole("button", { name: "Play again" }).press("Enter");
  await hurry(page, other.choices);
  await unfolded(page);
  await expect(page.locator(".debrief")).toMatchAriaSnapshot(`
    - region:
      - region "Your first, and this one":
        - heading "Your first, and this one" [level=3]
        - paragraph: The first attempt scored ${one.final} this one ${other.final}
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

  test("a post is heard by who wrote it and what it counts", async ({ page, open }) => {
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

test("the plan of a record is heard as what to play again and the skill to work on", async ({ page, open, url }) => {
  await open(TALK);
  await play(page, "challenge", anEnding().choices);
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
