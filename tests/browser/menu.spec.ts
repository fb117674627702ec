// The menu of every page: the size of text, light or dark, single keys, reading aloud.

import { practice, TALK } from "./courses";
import { clean } from "./axe";
import { fits } from "./layout";
import { begin } from "./player";
import { expect, test, type Page } from "./site";

test.use({ viewport: { width: 390, height: 844 } });

const button = (page: Page) => page.getByRole("button", { name: "Display and keys" });
const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const size = (page: Page) => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));

test("however narrow the page, the menu stands on the line of the course's name", async ({ page, url }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(url("index.html"));
  const [button, ways] = [await page.locator(".menu-button:enabled").boundingBox(), await page.locator(".top nav").boundingBox()];
  expect(button!.y + button!.height / 2).toBeLessThan(ways!.y);
});

for (const path of ["index.html", practice.lessons[0]!, TALK, "record/index.html", "desk/index.html", "search/index.html"]) {
  test(`${path}: text and colors are chosen, and stay on every page from before the first paint`, async ({ page, url, expectFaults }) => {
    await page.goto(url(path));
    const [light, normal] = [await ground(page), await size(page)];
    await button(page).click();
    await clean(page);
    await page.getByRole("radio", { name: "Largest" }).check();
    await page.getByRole("radio", { name: "Dark" }).check();
    await expect.poll(() => size(page)).toBeGreaterThan(normal * 1.4);
    expect(await ground(page)).not.toBe(light);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    await fits(page, path);
    // The page as it is when its style is there and no script has run that waits for it.
    await page.route("**/*.js", (route) => (/\/look\./.test(route.request().url()) ? route.continue() : route.abort()));
    await page.goto(url("index.html"));
    expect(await size(page)).toBeGreaterThan(normal * 1.4);
    expect(await ground(page)).not.toBe(light);
    expectFaults(/ERR_FAILED/);
  });
}

test("what is applied before paint is at most 400 bytes", async ({ page, url }) => {
  const [response] = await Promise.all([page.waitForResponse(/\/look\.\w+\.js/), page.goto(url("index.html"))]);
  expect((await response.body()).length).toBeLessThanOrEqual(400);
});

test("single keys can be switched off, and a question mark opens the menu", async ({ page, open, url }) => {
  await open(TALK);
  // The menu comes once the page is idle.
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
  expect(page.url()).toBe(url(TALK));
  await expect(page.locator("[aria-keyshortcuts], .choice .key:visible")).toHaveCount(0);
  // The tab key and Enter are everybody's.
  await page.keyboard.press("Tab");
  while (!(await page.evaluate(() => document.activeElement?.matches(".stage .choice")))) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator(".stage .you")).toHaveCount(1);
});

/** Gives the page these voices, and keeps what they are asked to say. */
const voices = (page: Page, voices: { lang: string; localService: boolean }[]) =>
  page.addInitScript((voices) => {
    const said: string[] = [];
    Object.assign(window, { said, SpeechSynthesisUtterance: class extends EventTarget { constructor(readonly text: string) { super(); } } });
    const speak = ({ text }: { text: string }) => void said.push(text);
    const synthesis = Object.assign(new EventTarget(), { speaking: false, getVoices: () => voices, cancel() {}, speak });
    Object.defineProperty(window, "speechSynthesis", { value: synthesis });
  }, voices);

test("read aloud is offered only with a voice of this device in the page's language", async ({ page, open, url }) => {
  const offered = async () => {
    await page.goto(url(TALK));
    await button(page).click();
    return page.getByRole("button", { name: "Read aloud" }).isVisible();
  };
  await voices(page, [{ lang: "en-US", localService: false }, { lang: "de-DE", localService: true }]);
  expect(await offered()).toBe(false);
  await voices(page, [{ lang: "en-GB", localService: true }]);
  expect(await offered()).toBe(true);
  await page.keyboard.press("Escape");
  await begin(page, "practice");
  await button(page).click();
  await page.getByRole("button", { name: "Read aloud" }).click();
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
  expect(said.join(" ")).toContain((await page.locator(".stage .lines .line").first().innerText()).split("\n")[0]);
});
