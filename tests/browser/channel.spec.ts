// Where it is spoken or written: a call with its clock, a chat whose answers are typed, a mail with its head, a post with its counts.

import { practice, shipped } from "./courses";
import { take } from "./player";
import { anEnding } from "./proved";
import { expect, test, type Page } from "./site";

const by = (channel: string) => practice.scenarios.find((path) => /<section class="story"[^>]* data-channel="(\w+)"/.exec(practice.html(path))![1] === channel)!;
const [CALL, CHAT, MAIL, POST] = ["phone", "chat", "email", "social"].map(by) as [string, string, string, string];

/** The first choice whose answer holds a message, and is no deed alone. */
const ANSWERED = [...practice.html(CHAT).matchAll(/<span class="text">([^<&]+).*?<div class="answer">(.*?)<div class="coach">/gs)].find(([, , answer]) => answer!.includes('class="line"'))![1]!;

const choose = (page: Page) => page.locator(".stage .choice").filter({ hasText: ANSWERED }).click();

/** What moves has come, and the style with it. */
const isThere = (page: Page) => page.waitForFunction(() => [...document.scripts].some(({ src }) => src.includes("/live-")) && [...document.styleSheets].some(({ href }) => href?.includes("/channel.")));

test("a call's clock moves on with the talk where no motion is wanted, and says nothing to a screen reader", async ({ page, open }) => {
  await open(CALL, "practice");
  await expect(page.locator(".clock")).toHaveText("0:00");
  await page.evaluate(() => {
    const { now } = Date;
    Date.now = () => now() + 65_000;
  });
  await take(page, anEnding(practice, CALL).choices[0]!, false);
  await expect(page.locator(".clock")).toHaveText(/^1:\d\d$/);
  await expect(page.locator(".clock")).toHaveAttribute("aria-hidden", "true");
});

test("where no motion is wanted, an answer in a chat is there at once", async ({ page, open }) => {
  await open(CHAT, "practice");
  await isThere(page);
  await choose(page);
  await expect(page.locator(".answer > :not(.by)").last()).toBeVisible();
  await expect(page.locator(".dots")).toHaveCount(0);
});

test.describe("with motion", () => {
  test.use({ contextOptions: { reducedMotion: "no-preference" } });

  test("a call's clock counts until the talk is over", async ({ page, open }) => {
    await open(CALL, "practice");
    await expect(page.locator(".clock")).toHaveText(/^0:0[2-9]$/);
  });

  test("somebody types before they answer, and a key ends the wait without choosing what is not seen yet", async ({ page, open }) => {
    await open(CHAT, "challenge");
    await isThere(page);
    // A round lasts as long as the test needs.
    await page.evaluate(() => {
      const wait = window.setTimeout;
      window.setTimeout = ((then: () => void, time: number) => (time === 1200 ? 0 : wait(then, time))) as typeof window.setTimeout;
    });
    await choose(page);
    const said = page.locator(".stage .beat.typing .answer > .line").first();
    await expect(page.locator(".dots")).toHaveAttribute("role", "status");
    await expect(page.locator(".dots")).toContainText("is typing");
    await expect(said).toBeHidden();
    await expect(page.locator(".stage .choice").first()).toBeHidden();
    await expect(page.locator(".answer .by").last()).toBeFocused();
    await page.keyboard.press("1");
    await expect(page.locator(".dots")).toHaveCount(0);
    await expect(page.locator(".answer > .line").first()).toBeVisible();
    await expect(page.locator(".stage .you")).toHaveCount(1);
    await page.keyboard.press("1");
    await expect(page.locator(".stage .you")).toHaveCount(2);
  });

  test("an answer comes by itself, too, and one that was given before a reload is there", async ({ page, open }) => {
    await open(CHAT, "practice");
    await isThere(page);
    await choose(page);
    await expect(page.locator(".dots")).toHaveCount(0);
    await expect(page.locator(".answer > .line").first()).toBeVisible();
    await page.reload();
    await isThere(page);
    await expect(page.locator(".stage .you")).toHaveCount(1);
    await expect(page.locator(".typing")).toHaveCount(0);
  });
});

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("a mail has its head, and the style of its channel", async ({ page, url }) => {
    await page.goto(url(MAIL));
    await page.getByRole("link", { name: "Start" }).click();
    await expect(page.locator(".subject dt")).toHaveText(["From", "Subject"]);
    await expect(page.locator(".subject dd")).toHaveText(["Gábor Szalai", "Third letter, concerning two invoices"]);
    await expect(page.locator(".subject")).toHaveCSS("border-top-style", "double");
  });
});

test("a post whose author gave no counts has none", async ({ page, open }) => {
  await open(POST, "practice");
  await expect(page.locator(".counts")).toHaveCount(0);
});

test.describe("in the course that ships", () => {
  test.use({ course: shipped });

  test("a post has the counts that its author gave, under the first moment alone", async ({ page, open }) => {
    const path = "scenarios/forty-comments-before-breakfast/index.html";
    await open(path, "practice");
    await expect(page.locator(".counts")).toHaveText(/^\s*Comments:\s*40\s*$/);
    // Its face is the one in the bar, which has the words for it.
    const face = page.locator(".says .plate img");
    await expect(face).toHaveAttribute("src", (await page.locator(".bar .plate img").getAttribute("src"))!);
    await expect(face).toHaveAttribute("alt", "");
    const { choices } = anEnding(shipped, path);
    await take(page, choices[0]!, true);
    await expect(page.locator(".counts")).toHaveCount(1);
  });
});
