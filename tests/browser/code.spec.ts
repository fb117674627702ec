// The code that a trainee gets for a challenge: on the debrief, in My record, in a link, and in what it contains.

import { fullReporting, practice, SCENARIO } from "./courses";
import { challenge, DESK, readCodes, shownCode } from "./desk";
import { begin, choose, downloadText, play, playToEnd, waitForPlayer } from "./player";
import { results } from "./program";
import { anyPlay } from "./proved";
import { expect, test } from "./site";

test.use({ course: fullReporting });

test("a code can be copied, or is selected where copying is refused; a link opens the desk with the code", async ({ page, open, url, context }) => {
  await open(SCENARIO);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { code } = await challenge(page, 7, "kim");
  await page.getByRole("button", { name: "Copy the code" }).click();
  await expect(page.locator(".hand-over [role=status]")).toHaveText("Copied.");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
  await page.getByRole("button", { name: "Copy a link" }).click();
  await expect(page.locator(".hand-over [role=status]")).toHaveText("The link is copied.");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(`${url(DESK)}#${code}`);
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
  });
  const selected = () => page.evaluate(() => getSelection()?.toString().trim());
  for (const [button, text] of [["Copy a link", link], ["Copy a link", link], ["Copy the code", code]] as const) {
    await page.getByRole("button", { name: button }).click();
    await expect(page.locator(".hand-over [role=status]")).toContainText("does not let the page copy");
    expect(await selected()).toBe(text);
  }
  // A second link in the same tab is read, too.
  await page.goto(`${url(DESK)}#none`);
  await expect(page.locator(".results tbody th")).toHaveCount(0);
  await page.goto(link);
  await expect(page.locator(".results tbody th")).toHaveText("kim");
  // The link that skips the bar is no code.
  await page.locator(".skip").press("Enter");
  await expect(page.locator("[name=codes]")).toHaveValue(code);
  // A link that was damaged on the way still brings its code.
  await page.goto("about:blank");
  await page.goto(`${link}%2`);
  await expect(page.locator(".results tbody th")).toHaveText("kim");
});

test("only the first challenge has a code, on the debrief and in My record; practice has none", async ({ page, open, url }) => {
  await open(SCENARIO);
  const { code: first } = await challenge(page, 8, "lee");
  await page.getByRole("button", { name: "Play again" }).click();
  await playToEnd(page, "last");
  await expect(page.locator(".hand-over .code")).toHaveText(first);
  await page.getByRole("button", { name: "Play it as practice" }).click();
  await playToEnd(page, "first");
  await expect(page.locator(".hand-over")).toHaveCount(0);
  await page.goto(url("record/index.html"));
  await expect(page.locator(".given .code:visible")).toHaveText(first);
  // The exported record contains the code, and can be read.
  const record = await downloadText(page, "Export");
  expect(JSON.parse(results(fullReporting.source, record, "json")).rows).toHaveLength(1);
});

test("an attempt keeps its score and its code when the scenario is edited", async ({ page, open, url }) => {
  await open(SCENARIO);
  const { code, final } = await challenge(page, 9, "kim");
  // The code is on the page a moment before it is stored with its attempt.
  await page.waitForFunction((code) => Object.values(localStorage).some((stored) => stored.includes(code)), code);
  // Makes the stored attempt one of an earlier version, with one point less.
  const earlier = String(Number(final) - 1);
  await page.evaluate((final) => {
    for (const storage of [localStorage, sessionStorage]) {
      for (const name of Object.keys(storage).filter((name) => /:(attempts|run):/.test(name))) {
        const before = JSON.parse(storage.getItem(name)!);
        const edited = (each: object) => ({ ...each, story: "000000", ...("final" in each ? { final } : {}) });
        storage.setItem(name, JSON.stringify(Array.isArray(before) ? before.map(edited) : edited(before)));
      }
    }
  }, Number(earlier));
  await page.reload();
  await expect(page.locator(".score b")).toHaveText(earlier);
  await expect(page.locator(".debrief .edited")).toContainText(`${final} of 100`);
  await expect(page.locator(".hand-over .code")).toHaveText(code);
  await page.locator(".hand-over [name=who]").fill("lee");
  await expect(page.locator(".hand-over .code")).toContainText("~lee");
  expect((await shownCode(page)).slice(0, 20)).toBe(code.slice(0, 20));
  await page.goto(url("record/index.html"));
  await expect(page.locator(".attempts li:visible").first()).toContainText(earlier);
  await expect(page.locator(".attempts .edited:visible")).toHaveText("edited since");
});

test("a code can be made and read on pages opened from disk", async ({ page }) => {
  await page.goto(fullReporting.fileUrl(SCENARIO));
  await waitForPlayer(page);
  await play(page, "challenge", anyPlay().choices);
  const code = await shownCode(page);
  await expect(page.getByRole("button", { name: "Copy a link" })).toBeHidden();
  await page.goto(fullReporting.fileUrl(DESK));
  await readCodes(page, code);
  await expect(page.locator("[role=status]")).toHaveText("Results read: 1.");
});

test.describe("with the default reporting", () => {
  test.use({ course: practice });

  test("a code contains only whether the trainee passed and the score, and is reported as unverified", async ({ page, open, url }) => {
    await open(SCENARIO);
    await expect(page.locator(".brief")).toContainText("whether you passed, and your score, and nothing more");
    const { choices, final } = anyPlay();
    await begin(page, "challenge");
    for (const text of choices) await choose(page, text);
    await expect(page.locator(".hand-over")).toContainText("Nobody can check it");
    const code = await shownCode(page);
    expect(code.replaceAll("-", "").length).toBeLessThanOrEqual(26);
    await page.goto(url(DESK));
    await readCodes(page, code);
    await expect(page.locator(".told")).toHaveText("unverified");
    await expect(page.locator(".unverified-note")).toBeVisible();
    await expect(page.locator(".results tbody .n")).toHaveText([String(final)]);
    await expect(page.locator(".choices-part:visible, .heat .met")).toHaveCount(0);
  });
});
