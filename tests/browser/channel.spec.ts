// Channels: a call with a clock, a chat in which replies are typed, an email with its header, a post with its counts.

import { practice, shipped } from "./courses";
import { choose, keepTyping } from "./player";
import { anyPlay } from "./proved";
import { expect, test, type Page } from "./site";

const scenarioBy = (channel: string) => practice.scenarios.find((path) => /<section class="story"[^>]* data-channel="(\w+)"/.exec(practice.html(path))![1] === channel)!;
const [CALL, CHAT, MAIL, POST] = ["phone", "chat", "email", "social"].map(scenarioBy) as [string, string, string, string];

/** The first choice that gets a message in reply, not only an action. */
const ANSWERED = [...practice.html(CHAT).matchAll(/<span class="text">([^<&]+).*?<div class="answer">(.*?)<div class="coach">/gs)].find(([, , answer]) => answer!.includes('class="line"'))![1]!;

const chooseAnswered = (page: Page) => page.locator(".stage .choice").filter({ hasText: ANSWERED }).click();

/** Waits for the script that animates channels, and for their style. */
const waitForChannel = (page: Page) => page.waitForFunction(() => [...document.scripts].some(({ src }) => src.includes("/live-")) && [...document.styleSheets].some(({ href }) => href?.includes("/channel.")));

test("with reduced motion, a call's clock advances only with the conversation, and is hidden from screen readers", async ({ page, open }) => {
  await open(CALL, "practice");
  await expect(page.locator(".clock")).toHaveText("0:00");
  await page.evaluate(() => {
    const { now } = Date;
    Date.now = () => now() + 65_000;
  });
  await choose(page, anyPlay(practice, CALL).choices[0]!, false);
  await expect(page.locator(".clock")).toHaveText(/^1:\d\d$/);
  await expect(page.locator(".clock")).toHaveAttribute("aria-hidden", "true");
});

test("with reduced motion, a reply in a chat appears at once", async ({ page, open }) => {
  await open(CHAT, "practice");
  await waitForChannel(page);
  await chooseAnswered(page);
  await expect(page.locator(".answer > :not(.by)").last()).toBeVisible();
  await expect(page.locator(".dots")).toHaveCount(0);
});

test.describe("with motion", () => {
  test.use({ contextOptions: { reducedMotion: "no-preference" } });

  test("a call's clock runs by itself", async ({ page, open }) => {
    await open(CALL, "practice");
    await expect(page.locator(".clock")).toHaveText(/^0:0[2-9]$/);
  });

  test("a reply is preceded by typing, and a key that ends the wait does not choose what is not shown yet", async ({ page, open }) => {
    await open(CHAT, "challenge");
    await waitForChannel(page);
    await page.evaluate(keepTyping);
    await chooseAnswered(page);
    const reply = page.locator(".stage .beat.typing .answer > .line").first();
    await expect(page.locator(".dots")).toHaveAttribute("role", "status");
    await expect(page.locator(".dots")).toContainText("is typing");
    await expect(reply).toBeHidden();
    await expect(page.locator(".stage .choice").first()).toBeHidden();
    await expect(page.locator(".answer .by").last()).toBeFocused();
    await page.keyboard.press("1");
    await expect(page.locator(".dots")).toHaveCount(0);
    await expect(page.locator(".answer > .line").first()).toBeVisible();
    await expect(page.locator(".stage .you")).toHaveCount(1);
    await page.keyboard.press("1");
    await expect(page.locator(".stage .you")).toHaveCount(2);
  });

  test("a reply also appears without a key, and is still there after a reload", async ({ page, open }) => {
    await open(CHAT, "practice");
    await waitForChannel(page);
    await chooseAnswered(page);
    await expect(page.locator(".dots")).toHaveCount(0);
    await expect(page.locator(".answer > .line").first()).toBeVisible();
    await page.reload();
    await waitForChannel(page);
    await expect(page.locator(".stage .you")).toHaveCount(1);
    await expect(page.locator(".typing")).toHaveCount(0);
  });
});

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("an email has its header, and the style of its channel", async ({ page, url }) => {
    await page.goto(url(MAIL));
    await page.getByRole("link", { name: "Start" }).click();
    await expect(page.locator(".subject dt")).toHaveText(["From", "Subject"]);
    await expect(page.locator(".subject dd")).toHaveText(["Gábor Szalai", "Third letter, concerning two invoices"]);
    await expect(page.locator(".subject")).toHaveCSS("border-top-style", "double");
  });
});

test("a post without counts in its scenario shows none", async ({ page, open }) => {
  await open(POST, "practice");
  await expect(page.locator(".counts")).toHaveCount(0);
});

test.describe("in the course that ships", () => {
  test.use({ course: shipped });

  test("a post shows the counts of its scenario, under the first moment only", async ({ page, open }) => {
    const path = "scenarios/forty-comments-before-breakfast/index.html";
    await open(path, "practice");
    await expect(page.locator(".counts")).toHaveText(/^\s*Comments:\s*40\s*$/);
    // The face repeats the one in the bar, whose text describes it, so its own alternative text is empty.
    const face = page.locator(".says .plate img");
    await expect(face).toHaveAttribute("src", (await page.locator(".bar .plate img").getAttribute("src"))!);
    await expect(face).toHaveAttribute("alt", "");
    const { choices } = anyPlay(shipped, path);
    await choose(page, choices[0]!, true);
    await expect(page.locator(".counts")).toHaveCount(1);
  });
});
