// Extras around a play: animated goodwill, the mended bowl, the transcript, the calendar reminder and links to lessons.

import { practice, slugOf, SCENARIO } from "./courses";
import { expectAccessible } from "./axe";
import { expectFits } from "./layout";
import { downloadText, play, unfoldDebrief } from "./player";
import { type Play, playsToEndings, strongestPlay } from "./proved";
import { expect, test } from "./site";

const [worst] = Object.values(playsToEndings(practice, SCENARIO)).sort((one, other) => one.final - other.final) as [Play];
const best = strongestPlay(practice, SCENARIO);

test("the conversation downloads as text, with the result, every line and the line that would have changed most", async ({ page, open }) => {
  await open(SCENARIO);
  await play(page, "challenge", worst.choices);
  const lines = await page.locator(".stage :is(.lines, .you, .answer) .line").allInnerTexts();
  const text = await downloadText(page, "Download the conversation as text");
  expect(lines.length).toBeGreaterThan(2 * worst.choices.length);
  const oneLine = (words: string) => words.replace(/\s+/g, " ").trim();
  for (const line of [...lines, String(worst.final), "Challenge.", await page.locator(".because").innerText()]) expect(oneLine(text)).toContain(oneLine(line));
  expect(text).toMatch(/^\S/);
});

for (const { choices, weeks } of [{ ...worst, weeks: 1 }, { ...best, weeks: 4 }]) {
  test(`after a ${choices === worst.choices ? "low" : "full"} score, a calendar file without the result suggests playing again after ${weeks * 7} days`, async ({ page, open, url }) => {
    await page.clock.setFixedTime(new Date("2026-03-02T20:15:00"));
    await open(SCENARIO);
    await play(page, "practice", choices);
    const day = { 1: "Monday, March 9", 4: "Monday, March 30" }[weeks]!;
    const file = await downloadText(page, `Again on ${day}`);
    expect(file.replace(/[^\r\n]/g, "")).toMatch(/^(\r\n)+$/);
    for (const line of file.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const unfolded = file.replaceAll("\r\n ", "");
    const title = await page.locator("h1").innerText();
    for (const line of ["BEGIN:VCALENDAR", `DTSTART;VALUE=DATE:202603${weeks === 1 ? "09" : "30"}`, `SUMMARY:Play again: ${title.replace(/[,;]/g, "\\$&")}`, `URL:${url(SCENARIO).replace(/index\.html$/, "")}`]) {
      expect(unfolded).toContain(line);
    }
    expect(unfolded).toContain(`UID:${slugOf(SCENARIO)}-202603`);
    expect(unfolded).not.toMatch(/\b(score|passed|points)\b/i);
  });
}

test("a skill links to the heading that teaches it, from the debrief and from My record", async ({ page, open, url }) => {
  await open(SCENARIO);
  await play(page, "practice", worst.choices);
  await unfoldDebrief(page);
  const [link, ...others] = await page.locator(".scores a").all();
  expect(others).toEqual([]);
  await expect(link!).toHaveText("Listen");
  await expectAccessible(page);
  await link!.click();
  await expect(page).toHaveURL(/#let-it-run/);
  await expect(page.locator("#let-it-run-even-if-you-know-it")).toBeInViewport();
  const lessonUrl = page.url();
  await page.goto(url("record/index.html"));
  await page.locator(".badges a").click();
  expect(page.url()).toBe(lessonUrl);
});

test.describe("with motion", () => {
  test.use({ contextOptions: { reducedMotion: "no-preference" }, viewport: { width: 390, height: 844 } });

  test("a loss of goodwill flies to the bar, and a crack is drawn beside the reply", async ({ page, open }) => {
    await open(SCENARIO, "practice");
    await page.waitForFunction(() => [...document.styleSheets].some(({ href }) => href?.includes("/result.")));
    await page.evaluate(() => {
      const flown: string[] = [];
      const seams: string[] = [];
      Object.assign(window, { flown, seams });
      new MutationObserver((records) => records.forEach(({ addedNodes }) => addedNodes.forEach((node) => (node as HTMLElement).className === "flown" && flown.push(node.textContent!)))).observe(document.body, { childList: true });
      const { animate } = Element.prototype;
      Element.prototype.animate = function (keyframes, options) {
        if ((options as KeyframeAnimationOptions).pseudoElement) seams.push((this as HTMLElement).dataset["seam"]!);
        return animate.call(this, keyframes, options);
      };
    });
    const [first] = worst.choices;
    const before = await page.locator(".meter i").evaluate((each: HTMLElement) => parseFloat(each.style.getPropertyValue("--at")));
    await page.locator(".stage .choice").filter({ hasText: first! }).click();
    const animations = () => page.evaluate(() => ({ ...(window as unknown as { flown: string[]; seams: string[] }) })).then(({ flown, seams }) => [flown, seams]);
    const after = await page.locator(".meter i").evaluate((each: HTMLElement) => parseFloat(each.style.getPropertyValue("--at")));
    expect(after).toBeLessThan(before);
    await expect.poll(animations).toEqual([[`-${before - after}`], ["crack"]]);
    await expect(page.locator(".flown")).toHaveCount(0);
  });

  test("on mastery the bowl mends seam by seam, but not when the debrief is shown again", async ({ page, open }) => {
    await open(SCENARIO);
    await play(page, "practice", best.choices);
    const bowl = page.locator(".result .bowl");
    await expect(bowl).toBeVisible();
    await expect(bowl.locator(".seams > *")).toHaveCount(16);
    await expect(bowl.locator(".gold")).toHaveCount(16);
    await expectAccessible(page);
    await expectFits(page, "mastery");
    // The animation is a one-time reward: it does not come back with the debrief.
    const expectDebriefWithoutBowl = async () => {
      await expect(page.locator(".debrief:not([aria-busy])")).toBeVisible();
      await expect(page.locator("[data-do=back]")).toBeVisible();
      await expect(bowl).toHaveCount(0);
    };
    await unfoldDebrief(page);
    await page.getByRole("button", { name: "Read the strongest lines" }).click();
    await page.getByRole("button", { name: "Back to the debrief" }).click();
    await expectDebriefWithoutBowl();
    await page.reload();
    await expectDebriefWithoutBowl();
  });
});

test("with reduced motion nothing flies, and the bowl is mended at once", async ({ page, open }) => {
  await open(SCENARIO);
  await play(page, "practice", best.choices);
  await expect(page.locator(".result .bowl .seams > .gold")).toHaveCount(16);
  // A flawless play has no line to continue from.
  await expect(page.locator(".one button")).toHaveText(["Play again"]);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});
