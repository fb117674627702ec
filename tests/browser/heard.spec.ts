// What a screen reader gets: names, roles and order of every state, what is read with what has focus, and what is announced.

import { TALK } from "./courses";
import { begin, hurry, openChoices, ready, unfolded } from "./player";
import { anEnding } from "./proved";
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
