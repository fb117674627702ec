// What goes along with a play: goodwill that is seen to move, and what is taken away at its end.

import { practice, slugOf, TALK } from "./courses";
import { clean } from "./axe";
import { fits } from "./layout";
import { downloaded, play, unfolded } from "./player";
import { endings, flawless, type Play } from "./proved";
import { expect, test } from "./site";

const [worst] = Object.values(endings(practice, TALK)).sort((one, other) => one.final - other.final) as [Play];
const best = flawless(practice, TALK);

test("the talk can be had as text: the result, every line, and the one that would have changed most", async ({ page, open }) => {
  await open(TALK);
  await play(page, "challenge", worst.choices);
  const lines = await page.locator(".stage :is(.lines, .you, .answer) .line").allInnerTexts();
  const text = await downloaded(page, "Download the conversation as text");
  expect(lines.length).toBeGreaterThan(2 * worst.choices.length);
  const says = (words: string) => words.replace(/\s+/g, " ").trim();
  for (const line of [...lines, String(worst.final), "Challenge.", await page.locator(".because").innerText()]) expect(says(text)).toContain(says(line));
  expect(text).toMatch(/^\S/);
});

for (const { choices, weeks } of [{ ...worst, weeks: 1 }, { ...best, weeks: 4 }]) {
  test(`a result of ${choices === worst.choices ? "few" : "all"} points leads back in ${weeks} weeks, by a calendar that names no result`, async ({ page, open, url }) => {
    await page.clock.setFixedTime(new Date("2026-03-02T20:15:00"));
    await open(TALK);
    await play(page, "practice", choices);
    const day = { 1: "Monday, March 9", 4: "Monday, March 30" }[weeks]!;
    const file = await downloaded(page, `Again on ${day}`);
    expect(file.replace(/[^\r\n]/g, "")).toMatch(/^(\r\n)+$/);
    for (const line of file.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const whole = file.replaceAll("\r\n ", "");
    const title = await page.locator("h1").innerText();
    for (const line of ["BEGIN:VCALENDAR", `DTSTART;VALUE=DATE:202603${weeks === 1 ? "09" : "30"}`, `SUMMARY:Play again: ${title.replace(/[,;]/g, "\\$&")}`, `URL:${url(TALK).replace(/index\.html$/, "")}`]) {
      expect(whole).toContain(line);
    }
    expect(whole).toContain(`UID:${slugOf(TALK)}-202603`);
    expect(whole).not.toMatch(/\b(score|passed|points)\b/i);
  });
}

test("a skill leads to the heading that teaches it, from the debrief and from My record", async ({ page, open, url }) => {
  await open(TALK);
  await play(page, "practice", worst.choices);
  await unfolded(page);
  const [link, ...others] = await page.locator(".scores a").all();
  expect(others).toEqual([]);
  await expect(link!).toHaveText("Listen");
  await clean(page);
  await link!.click();
  await expect(page).toHaveURL(/#let-it-run/);
  await expect(page.locator("#let-it-run-even-if-you-know-it")).toBeInViewport();
  const there = page.url();
  await page.goto(url("record/index.html"));
  await page.locator(".badges a").click();
  expect(page.url()).toBe(there);
});

test.describe("with motion", () => {
  test.use({ contextOptions: { reducedMotion: "no-preference" }, viewport: { width: 390, height: 844 } });

  test("what a reply did to goodwill flies to the bar, and the seam runs beside it", async ({ page, open }) => {
    await open(TALK, "practice");
    await page.waitForFunction(() => [...document.styleSheets].some(({ href }) => href?.includes("/result.")));
    await page.evaluate(() => {
      const flown: string[] = [];
      const seams: string[] = [];
      Object.assign(window, { flown, seams });
      new MutationObserver((all) => all.forEach(({ addedNodes }) => addedNodes.forEach((node) => (node as HTMLElement).className === "flown" && flown.push(node.textContent!)))).observe(document.body, { childList: true });
      const { animate } = Element.prototype;
      Element.prototype.animate = function (way, options) {
        if ((options as KeyframeAnimationOptions).pseudoElement) seams.push((this as HTMLElement).dataset["seam"]!);
        return animate.call(this, way, options);
      };
    });
    const [first] = worst.choices;
    const before = await page.locator(".meter i").evaluate((each: HTMLElement) => parseFloat(each.style.getPropertyValue("--at")));
    await page.locator(".stage .choice").filter({ hasText: first! }).click();
    const seen = () => page.evaluate(() => ({ ...(window as unknown as { flown: string[]; seams: string[] }) })).then(({ flown, seams }) => [flown, seams]);
    const after = await page.locator(".meter i").evaluate((each: HTMLElement) => parseFloat(each.style.getPropertyValue("--at")));
    expect(after).toBeLessThan(before);
    await expect.poll(seen).toEqual([[`-${before - after}`], ["crack"]]);
    await expect(page.locator(".flown")).toHaveCount(0);
  });

  test("with mastery the bowl mends, seam by seam", async ({ page, open }) => {
    await open(TALK);
    await play(page, "practice", best.choices);
    const bowl = page.locator(".result .bowl");
    await expect(bowl).toBeVisible();
    await expect(bowl.locator(".seams > *")).toHaveCount(16);
    await expect(bowl.locator(".gold")).toHaveCount(16);
    await clean(page);
    await fits(page, "mastery");
    // It is a gift, and not a state: nobody's page moves for it later.
    await page.reload();
    await expect(page.locator(".debrief:not([aria-busy])")).toBeVisible();
    await expect(page.locator("[data-do=back]")).toBeVisible();
    await expect(bowl).toHaveCount(0);
  });
});

test("without motion nothing flies, and the bowl is mended at once", async ({ page, open }) => {
  await open(TALK);
  await play(page, "practice", best.choices);
  await expect(page.locator(".result .bowl .seams > .gold")).toHaveCount(16);
  // There is no line to play on from.
  await expect(page.locator(".one button")).toHaveText(["Play again"]);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});
