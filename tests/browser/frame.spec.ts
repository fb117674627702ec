// A course in the frame of a learning platform: narrow, of another origin, and with restricted permissions.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expectAccessible } from "./axe";
import { practice, SCENARIO } from "./courses";
import { overflow } from "./layout";
import { begin, openChoices, play, waitForPlayer } from "./player";
import { anyPlay } from "./proved";
import { expect, test, type Page } from "./site";

/** The page that the learning platform serves. */
let platformHtml = "";
let platform: Server;
test.beforeAll(async () => {
  platform = createServer((_, response) => response.setHeader("content-type", "text/html").end(platformHtml));
  await new Promise<void>((listening) => platform.listen(0, "127.0.0.1", listening));
});
test.afterAll(() => void platform.close());

/** Opens a page of another origin that shows `url` in a frame with these attributes, and returns the page inside the frame. */
async function openInFrame(page: Page, url: string, attributes = ""): Promise<Page> {
  platformHtml = `<!doctype html><link rel="icon" href="data:,"><title>A learning platform</title><button>Before</button>
    <iframe src="${url}" width="320" height="480" ${attributes}></iframe><button>After</button>`;
  await page.goto(`http://127.0.0.1:${(platform.address() as AddressInfo).port}/`);
  const frame = page.frames().find((frame) => frame.url() === url);
  if (!frame) throw new Error(`no frame shows ${url}`);
  // The tests use only what a Frame has in common with a Page.
  return frame as unknown as Page;
}

test("a scenario in a frame of 320 by 480 is played by keyboard, and Tab leaves the frame again", async ({ page, url }) => {
  const frame = await openInFrame(page, url(SCENARIO));
  await waitForPlayer(frame);
  await begin(frame, "challenge");
  for (let moment = 0; !(await frame.locator(".stage .ending").count()) && moment < 30; moment++) {
    await openChoices(frame).first().focus();
    await page.keyboard.press("Enter");
    const heading = frame.locator(".answer .by").last();
    await expect(heading).toBeFocused();
    const [bar, box] = await Promise.all([frame.locator(".bar").boundingBox(), heading.boundingBox()]);
    expect(box!.y).toBeGreaterThanOrEqual(bar!.y + bar!.height - 1);
    expect(await overflow(frame)).toBe(0);
  }
  await expect(frame.locator(".debrief")).toBeVisible();
  expect(await overflow(frame)).toBe(0);
  await expectAccessible(frame);
  const after = page.getByRole("button", { name: "After" });
  const isOut = () => after.evaluate((button) => document.activeElement === button);
  for (let tabs = 0; tabs < 80 && !(await isOut()); tabs++) await page.keyboard.press("Tab");
  await expect(after).toBeFocused();
});

test("where a frame blocks downloads and the clipboard, the text is selected for copying instead", async ({ page, url, expectFaults }) => {
  let downloads = 0;
  page.on("download", () => (downloads += 1));
  const frame = await openInFrame(page, url(SCENARIO), 'sandbox="allow-scripts allow-same-origin"');
  await waitForPlayer(frame);
  const { choices, final } = anyPlay();
  await play(frame, "challenge", choices);
  const code = frame.locator(".hand-over .code");
  await expect(code).not.toBeEmpty();
  await frame.locator("[data-do=copy]").click();
  await expect(frame.locator(".hand-over [role=status]")).toContainText("selected now");
  const selection = () => frame.evaluate(() => getSelection()!.toString().trim());
  expect(await selection()).toBe((await code.textContent())!.trim());

  /** The JSON in the field that replaces the download. Expects one such field, with all of its text selected. */
  const readField = async (page: Page) => {
    const field = page.locator("textarea[readonly]");
    await expect(field).toHaveCount(1);
    await expect(field).toBeFocused();
    const isSelected = await field.evaluate((field: HTMLTextAreaElement) => field.selectionStart === 0 && field.selectionEnd === field.value.length);
    expect(isSelected).toBe(true);
    return JSON.parse(await field.inputValue());
  };
  // A second press does not add a second field.
  for (let press = 0; press < 2; press++) await frame.getByRole("button", { name: "Download as a file" }).click();
  expect(await readField(frame)).toMatchObject({ mode: "challenge", report: { final: { rounded: final } } });
  expect(await overflow(frame)).toBe(0);

  await frame.goto(url("record/index.html"));
  await expect(frame.locator(".attempts > li:visible")).toHaveCount(1);
  await frame.getByRole("button", { name: "Export" }).click();
  expect(await readField(frame)).toMatchObject({ kind: "record" });
  expect(downloads).toBe(0);
  // The browser itself logs what it blocked.
  expectFaults(/Download is disallowed|clipboard/i);
});

test("where a frame may not print, the page says so once", async ({ page, url, expectFaults }) => {
  const frame = await openInFrame(page, url(practice.lessons[0]!), 'sandbox="allow-scripts allow-same-origin"');
  for (let press = 0; press < 2; press++) await frame.getByRole("button", { name: "Print this lesson" }).click();
  await expect(frame.locator(".not-printed")).toHaveCount(1);
  await expect(frame.locator(".not-printed")).toBeVisible();
  expectFaults(/print/i);
});

test("a scenario in a frame without an origin can be played, and the page says that nothing is stored", async ({ page, url }) => {
  const frame = await openInFrame(page, url(SCENARIO), 'sandbox="allow-scripts"');
  await waitForPlayer(frame);
  await begin(frame, "practice");
  await frame.locator(".stage .choice").first().click();
  await expect(frame.locator(".not-kept")).toBeVisible();
  await frame.getByRole("button", { name: "Go on" }).click();
  await expect(frame.locator(".stage .choices")).toBeVisible();
  await frame.goto(url("record/index.html"));
  await expect(frame.locator(".refused")).toBeVisible();
});
