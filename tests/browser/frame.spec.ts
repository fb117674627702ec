// In the frame of a learning system: narrow, of another origin, and with rights withheld.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { clean } from "./axe";
import { practice, TALK } from "./courses";
import { begin, openChoices, play, ready } from "./player";
import { anEnding } from "./proved";
import { expect, test, type Page } from "./site";

/** What the learning system shows. */
let shown = "";
let system: Server;
test.beforeAll(async () => {
  system = createServer((_, response) => response.setHeader("content-type", "text/html").end(shown));
  await new Promise<void>((listening) => system.listen(0, "127.0.0.1", listening));
});
test.afterAll(() => void system.close());

/** A page of another origin that shows `url` in a frame with these attributes; gives the page inside. */
async function framed(page: Page, url: string, attributes = ""): Promise<Page> {
  shown = `<!doctype html><link rel="icon" href="data:,"><title>A learning system</title><button>Before</button>
    <iframe src="${url}" width="320" height="480" ${attributes}></iframe><button>After</button>`;
  await page.goto(`http://127.0.0.1:${(system.address() as AddressInfo).port}/`);
  const frame = page.frames().find((frame) => frame.url() === url);
  if (!frame) throw new Error(`${url} is in no frame`);
  // A frame is asked and pressed as a page is.
  return frame as unknown as Page;
}

test("a frame of 320 by 480 is played by keyboard, and Tab leads out of it again", async ({ page, url }) => {
  const frame = await framed(page, url(TALK));
  await ready(frame);
  await begin(frame, "challenge");
  const isWide = () => frame.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  for (let moment = 0; !(await frame.locator(".stage .ending").count()) && moment < 30; moment++) {
    await openChoices(frame).first().focus();
    await page.keyboard.press("Enter");
    const heading = frame.locator(".answer .by").last();
    await expect(heading).toBeFocused();
    const [bar, its] = await Promise.all([frame.locator(".bar").boundingBox(), heading.boundingBox()]);
    expect(its!.y).toBeGreaterThanOrEqual(bar!.y + bar!.height - 1);
    expect(await isWide()).toBe(false);
  }
  await expect(frame.locator(".debrief")).toBeVisible();
  expect(await isWide()).toBe(false);
  await clean(frame);
  const after = page.getByRole("button", { name: "After" });
  const isOut = () => after.evaluate((button) => document.activeElement === button);
  for (let tabs = 0; tabs < 80 && !(await isOut()); tabs++) await page.keyboard.press("Tab");
  await expect(after).toBeFocused();
});

test("where a frame keeps files and the clipboard back, a field is selected", async ({ page, url, expectFaults }) => {
  let downloads = 0;
  page.on("download", () => (downloads += 1));
  const frame = await framed(page, url(TALK), 'sandbox="allow-scripts allow-same-origin"');
  await ready(frame);
  const { choices, final } = anEnding();
  await play(frame, "challenge", choices);
  const code = frame.locator(".hand-over .code");
  await expect(code).not.toBeEmpty();
  await frame.locator("[data-do=copy]").click();
  await expect(frame.locator(".hand-over [role=status]")).toContainText("selected now");
  const marked = () => frame.evaluate(() => getSelection()!.toString().trim());
  expect(await marked()).toBe((await code.textContent())!.trim());

  /** The field that stands for the file, with all of its text selected. */
  const asText = async (page: Page) => {
    const field = page.locator("textarea[readonly]");
    await expect(field).toHaveCount(1);
    await expect(field).toBeFocused();
    const isMarked = await field.evaluate((field: HTMLTextAreaElement) => field.selectionStart === 0 && field.selectionEnd === field.value.length);
    expect(isMarked).toBe(true);
    return JSON.parse(await field.inputValue());
  };
  // Again and again: there is one field.
  for (let press = 0; press < 2; press++) await frame.getByRole("button", { name: "Download as a file" }).click();
  expect(await asText(frame)).toMatchObject({ mode: "challenge", report: { final: { rounded: final } } });
  expect(await frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);

  await frame.goto(url("record/index.html"));
  await expect(frame.locator(".attempts > li:visible")).toHaveCount(1);
  await frame.getByRole("button", { name: "Export" }).click();
  expect(await asText(frame)).toMatchObject({ kind: "record" });
  expect(downloads).toBe(0);
  // The browser itself reports each that it kept back.
  expectFaults(/Download is disallowed|clipboard/i);
});

test("where a frame prints nothing, it says so once", async ({ page, url, expectFaults }) => {
  const frame = await framed(page, url(practice.lessons[0]!), 'sandbox="allow-scripts allow-same-origin"');
  for (let press = 0; press < 2; press++) await frame.getByRole("button", { name: "Print this lesson" }).click();
  await expect(frame.locator(".not-printed")).toHaveCount(1);
  await expect(frame.locator(".not-printed")).toBeVisible();
  expectFaults(/print/i);
});

test("a frame that gives no origin has the play, and says that nothing is kept", async ({ page, url }) => {
  const frame = await framed(page, url(TALK), 'sandbox="allow-scripts"');
  await ready(frame);
  await begin(frame, "practice");
  await frame.locator(".stage .choice").first().click();
  await expect(frame.locator(".not-kept")).toBeVisible();
  await frame.getByRole("button", { name: "Go on" }).click();
  await expect(frame.locator(".stage .choices")).toBeVisible();
  await frame.goto(url("record/index.html"));
  await expect(frame.locator(".refused")).toBeVisible();
});
