// The menu on every page: text size, light or dark colors, single keys and reading aloud.

import { practice, SCENARIO } from "./courses";
import { expectAccessible } from "./axe";
import { expectFits } from "./layout";
import { begin } from "./player";
import { expect, test, type Page } from "./site";

test.use({ viewport: { width: 390, height: 844 } });

const menuButton = (page: Page) => page.getByRole("button", { name: "Display and keys" });
const background = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const textSize = (page: Page) => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));

test("on a narrow page the menu button stands beside the course's name, above the navigation", async ({ page, url }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(url("index.html"));
  const [button, nav] = [await page.locator(".menu-button:enabled").boundingBox(), await page.locator(".top nav").boundingBox()];
  expect(button!.y + button!.height / 2).toBeLessThan(nav!.y);
});

for (const path of ["index.html", practice.lessons[0]!, SCENARIO, "record/index.html", "desk/index.html", "search/index.html"]) {
  test(`${path}: text size and colors can be chosen, and apply to every page before its first paint`, async ({ page, url, expectFaults }) => {
    await page.goto(url(path));
    const [light, normal] = [await background(page), await textSize(page)];
    await menuButton(page).click();
    await expectAccessible(page);
    await page.getByRole("radio", { name: "Largest" }).check();
    await page.getByRole("radio", { name: "Dark" }).check();
    await expect.poll(() => textSize(page)).toBeGreaterThan(normal * 1.4);
    expect(await background(page)).not.toBe(light);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expectFits(page, path);
    // Blocks every script but the one that runs before the first paint.
    await page.route("**/*.js", (route) => (/\/look\./.test(route.request().url()) ? route.continue() : route.abort()));
    await page.goto(url("index.html"));
    expect(await textSize(page)).toBeGreaterThan(normal * 1.4);
    expect(await background(page)).not.toBe(light);
    expectFaults(/ERR_FAILED/);
  });
}

test("the script that runs before the first paint has at most 400 bytes", async ({ page, url }) => {
  const [response] = await Promise.all([page.waitForResponse(/\/look\.\w+\.js/), page.goto(url("index.html"))]);
  expect((await response.body()).length).toBeLessThanOrEqual(400);
});

test("a question mark opens the menu, and single keys can be switched off", async ({ page, open, url }) => {
  await open(SCENARIO);
  // The menu is enabled once the page is idle.
  await expect(page.locator(".menu-button:enabled")).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.getByRole("checkbox", { name: "Use single-key shortcuts" }).uncheck();
  await page.keyboard.press("Escape");
  await begin(page, "practice");
  await page.locator(".stage .moment").focus();
  for (const key of ["1", "/", "?"]) await page.keyboard.press(key);
  await expect(page.locator(".stage .you")).toHaveCount(0);
  await expect(page.getByRole("dialog")).toBeHidden();
  expect(page.url()).toBe(url(SCENARIO));
  await expect(page.locator("[aria-keyshortcuts], .choice .key:visible")).toHaveCount(0);
  // Tab and Enter keep working.
  await page.keyboard.press("Tab");
  while (!(await page.evaluate(() => document.activeElement?.matches(".stage .choice")))) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator(".stage .you")).toHaveCount(1);
});

/** Gives the page these voices, and collects in `window.spoken` what is spoken. */
const mockVoices = (page: Page, voices: { lang: string; localService: boolean }[]) =>
  page.addInitScript((voices) => {
    const spoken: string[] = [];
    Object.assign(window, { spoken, SpeechSynthesisUtterance: class extends EventTarget { constructor(readonly text: string) { super(); } } });
    const speak = ({ text }: { text: string }) => void spoken.push(text);
    const synthesis = Object.assign(new EventTarget(), { speaking: false, getVoices: () => voices, cancel() {}, speak });
    Object.defineProperty(window, "speechSynthesis", { value: synthesis });
  }, voices);

test("Read aloud is offered only with an on-device voice in the page's language, and reads the moment", async ({ page, url }) => {
  const isOffered = async () => {
    await page.goto(url(SCENARIO));
    await menuButton(page).click();
    return page.getByRole("button", { name: "Read aloud" }).isVisible();
  };
  await mockVoices(page, [{ lang: "en-US", localService: false }, { lang: "de-DE", localService: true }]);
  expect(await isOffered()).toBe(false);
  await mockVoices(page, [{ lang: "en-GB", localService: true }]);
  expect(await isOffered()).toBe(true);
  await page.keyboard.press("Escape");
  await begin(page, "practice");
  await menuButton(page).click();
  await page.getByRole("button", { name: "Read aloud" }).click();
  const spoken = await page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);
  expect(spoken.join(" ")).toContain((await page.locator(".stage .lines .line").first().innerText()).split("\n")[0]);
});
