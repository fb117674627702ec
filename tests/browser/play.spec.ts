// Playing a scenario by mouse and by keyboard, in practice and in challenge.

import { languages, practice, SCENARIO } from "./courses";
import { choice, choose, chooseAll, openChoices, play, playToEnd, unfoldDebrief, waitForPlayer } from "./player";
import { anyPlay, choicesToClosed } from "./proved";
import { expect, test } from "./site";

test.describe("in a course that closes choices", () => {
  test.use({ course: languages });

  for (const path of languages.scenariosWithClosedChoices) {
    test(`${path}: a closed choice can be focused and read, but not chosen`, async ({ page, open }) => {
      await open(path, "practice");
      await chooseAll(page, choicesToClosed(languages, path));
      const closed = page.locator(".stage .choice[aria-disabled=true]").first();
      await expect(closed.locator("small")).not.toBeEmpty();
      await closed.focus();
      await expect(closed).toBeFocused();
      const before = await page.locator(".beat").count();
      await page.keyboard.press("Enter");
      await closed.click({ force: true });
      await page.keyboard.press((await closed.getAttribute("aria-keyshortcuts"))!);
      expect(await page.locator(".beat").count()).toBe(before);
    });
  }
});

test("a play works before the browser is ever idle", async ({ page, open }) => {
  await page.addInitScript(() => (window.requestIdleCallback = () => 0));
  await open(SCENARIO);
  const { choices, final } = anyPlay();
  await play(page, "challenge", choices);
  await expect(page.locator(".score b")).toHaveText(String(final));
});

test("a scenario can be played by keyboard alone", async ({ page, open }) => {
  await open(SCENARIO);
  const tabTo = async (selector: string) => {
    for (let tabs = 0; tabs < 40; tabs++) {
      if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`${selector} cannot be reached with the Tab key`);
  };
  await tabTo("[name=mode]");
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("[value=challenge]")).toBeChecked();
  await tabTo("[data-do=start]");
  await page.keyboard.press("Enter");
  for (let moment = 0; (await page.locator(".stage .ending").count()) === 0 && moment < 20; moment++) {
    await tabTo(".stage .choice:not([aria-disabled])");
    const key = await openChoices(page).last().getAttribute("aria-keyshortcuts");
    await page.keyboard.press(moment % 2 ? "Enter" : key!);
    await expect(page.locator(".answer .by").last()).toBeFocused();
  }
  await expect(page.locator(".debrief")).toBeVisible();
  await tabTo("[data-do=again]");
  await page.keyboard.press("Enter");
  await expect(page.locator(".stage .moment")).toBeFocused();
});

test("number keys choose while focus is anywhere in the conversation, and nowhere else", async ({ page, open }) => {
  await open(SCENARIO, "challenge");
  const chosen = page.locator(".stage .you");
  await page.locator(".brand").focus();
  await page.keyboard.press("1");
  await page.locator(".stage .moment").focus();
  await page.keyboard.press("Control+1");
  await page.keyboard.press("9");
  await expect(chosen).toHaveCount(0);
  // With focus on "Moment 1", a key that is held down makes one choice.
  await page.keyboard.down("2");
  for (let repeats = 0; repeats < 3; repeats++) await page.keyboard.down("2");
  await page.keyboard.up("2");
  await expect(chosen).toHaveCount(1);
  // With focus on the reply, too, and whatever character the key types.
  await page.locator(".answer .by").last().dispatchEvent("keydown", { key: "&", code: "Digit1" });
  await expect(chosen).toHaveCount(2);
  // A press on plain words takes the focus away.
  await page.locator(".stage .lines").last().click();
  await page.keyboard.press("1");
  await expect(chosen).toHaveCount(3);
});

test("after a choice only that choice stays, goodwill is updated, and focus is on the reply, clear of the bar", async ({ page, open }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await open(SCENARIO, "practice");
  for (let moment = 0; moment < 3; moment++) {
    const button = page.locator(".stage .choice").first();
    const text = await button.locator(".text").textContent();
    await button.click();
    const beat = page.locator(".beat").last();
    await expect(beat.locator(".you .line")).toHaveText(text ?? "");
    await expect(page.locator(".stage .choices")).toHaveCount(0);
    const heading = beat.locator(".answer .by");
    await expect(heading).toBeFocused();
    const [bar, place] = [await page.locator(".bar").boundingBox(), await heading.boundingBox()];
    expect(place!.y).toBeGreaterThanOrEqual(bar!.y + bar!.height);
    expect(place!.y + place!.height).toBeLessThanOrEqual(640);
    const live = await page.locator("[role=status]").textContent();
    expect(live).toMatch(/^Goodwill \d+, (up \d+|down \d+|unchanged): (furious|angry|frustrated|settled|won back)$/);
    await expect(beat.locator(".shift")).toHaveText(live ?? "");
    const goodwill = /\d+/.exec(live ?? "")![0];
    await expect(page.locator(".bar .state")).toContainText(`goodwill ${goodwill}`);
    expect(await page.locator(".meter i").evaluate((bar) => bar.style.getPropertyValue("--at"))).toBe(`${goodwill}%`);
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(page.locator(".stage .moment").last()).toBeFocused();
  }
  await expect(page.locator("[role=status]")).toHaveCount(1);
});

test("a choice does not move what was on the page before", async ({ page, open }) => {
  await open(SCENARIO, "practice");
  for (const text of anyPlay().choices) {
    const handle = await choice(page, text).elementHandle();
    const moved = await handle!.evaluate((button) => {
      const existing = [...document.querySelectorAll<HTMLElement>(".brief, .subject, .bar, .beat > :not(.choices, .hint)")];
      // Positions in the page, not in the window: focus may scroll.
      const positions = () => existing.map((each) => (each.matches(".bar") ? 0 : each.getBoundingClientRect().top + scrollY));
      const before = positions();
      (button as HTMLElement).click();
      const after = positions();
      return before.filter((top, place) => Math.abs(top - after[place]!) > 0.5).length;
    });
    expect(moved).toBe(0);
    await page.getByRole("button", { name: "Go on" }).click();
  }
});

test("practice coaches, and a moment can be tried again", async ({ page, open }) => {
  await open(SCENARIO, "practice");
  const { choices } = anyPlay();
  const state = await page.locator(".bar .state").textContent();
  const hint = page.locator(".stage .hint");
  await hint.locator("summary").click();
  await expect(hint.locator("p").first()).toBeVisible();
  await choice(page, choices[0]!).click();
  await expect(hint).toHaveCount(0);
  await expect(page.locator(".stage .coach p").first()).toBeVisible();
  await page.getByRole("button", { name: "Try that moment again" }).click();
  await expect(page.locator(".bar .state")).toHaveText(state ?? "");
  await expect(page.locator(".stage .answer")).toHaveCount(0);
  await expect(page.locator(".stage .moment")).toBeFocused();
  for (const text of choices) await choose(page, text, true);
  await expect(page.locator(".result .mode")).toHaveText("Practice, 1 moment tried again.");
});

test("the bar and the title count the current moment, and show a total only once it is certain", async ({ page, open }) => {
  await open(SCENARIO, "practice");
  const count = page.locator(".bar .count");
  const totals = new Set<string>();
  for (const [place, text] of anyPlay().choices.entries()) {
    const shown = (await count.textContent())!;
    expect(shown).toMatch(new RegExp(`^(Moment ${place + 1}|${place + 1} of \\d+)$`));
    expect(await page.title()).toContain(shown);
    await choose(page, text);
    // The reply still counts as that moment.
    await expect(count).toHaveText(new RegExp(`^(Moment ${place + 1}|${place + 1} of \\d+)$`));
    const [, total] = / of (\d+)/.exec((await count.textContent())!) ?? [];
    if (total) totals.add(total);
    await page.getByRole("button", { name: "Go on" }).click();
  }
  await expect(count).toHaveText("The end");
  expect(totals.size).toBe(1);
});

test("the mood of the current speaker is shown only in the bar", async ({ page, open }) => {
  for (const path of practice.scenarios) {
    await open(path, "challenge");
    const goodwill = Number(await page.locator(".story").getAttribute("data-goodwill"));
    const mood = ["furious", "angry", "frustrated", "settled", "won back"][Math.min(4, Math.floor(goodwill / 20))];
    for (let moment = 0; !(await page.locator(".stage .ending").count()); moment++) {
      if (!moment) await expect(page.locator(".bar .mood")).toHaveText(mood!);
      await expect(page.locator(".talk :is(.mood, .face)")).toHaveCount(0);
      await openChoices(page).first().press("Enter");
    }
    await page.evaluate(() => sessionStorage.clear());
  }
});

test("a challenge continues without coaching or retries, and keeps the order of its choices", async ({ page, open }) => {
  await open(SCENARIO, "challenge");
  const { choices } = anyPlay();
  const history = await page.evaluate(() => window.history.length);
  await choose(page, choices[0]!);
  const texts = page.locator(".stage .choices .text");
  await expect(texts.first()).toBeVisible();
  await expect(page.locator(".stage .coach, .stage .hint, [data-do=retry], .stage [data-do=on]")).toHaveCount(0);
  const order = await texts.allTextContents();
  expect([...order].sort()).toEqual([...new Set(order)].sort());
  await page.reload();
  await waitForPlayer(page);
  expect(await texts.allTextContents()).toEqual(order);
  for (const text of choices.slice(1)) await choose(page, text);
  await expect(page.locator(".result .mode")).toHaveText("Challenge.");
  expect(await page.evaluate(() => window.history.length)).toBe(history);
});

test("the debrief names, for each moment, what was said and what was strongest", async ({ page, open }) => {
  await open(SCENARIO, "challenge");
  const chosen: string[] = [];
  await playToEnd(page, "first", async (choice) => void chosen.push((await choice.locator(".text").textContent())!));
  await unfoldDebrief(page);
  const moments = page.locator(".moments > li");
  await expect(moments).toHaveCount(chosen.length);
  for (const [place, text] of chosen.entries()) {
    const moment = moments.nth(place);
    await expect(moment.locator(".pair > div").first().locator(".line")).toHaveText(text);
    await expect(moment.locator("summary small")).toContainText(/best score still possible after this: (at most )?\d+/);
    const strongest = (await moment.locator("summary small").textContent())!.includes("the strongest line");
    await expect(moment.locator(".strongest .line")).toHaveCount(strongest ? 0 : 1);
  }
  await expect(page.locator(".scores > li").first()).toContainText(/\d/);
});
