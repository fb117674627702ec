// Everybody can read and use it: no barrier that axe knows, text against ground, narrow screens, and clean markup.

import { gzipSync } from "node:zlib";
import AxeBuilder from "@axe-core/playwright";
import { anEnding, begin, play, ready, take, toClosed } from "./player";
import { expect, lessons, pages, scenarios, source, test, type Page } from "./site";

const [path] = scenarios as [string];
const lesson = lessons.find((path) => source(path).includes('class="story drill"'))!;

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`)).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBe(0);
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1280, 320]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 720 } });

      for (const path of ["index.html", lesson, "404.html"]) {
        test(`${path} has no barrier and does not overflow`, async ({ page, url }) => {
          await page.goto(url(path));
          await clean(page);
        });
      }

      test("a scenario has none in any state", async ({ page, url }) => {
        test.slow();
        await page.goto(url(path));
        await ready(page);
        await clean(page);
        const { choices } = await anEnding(page);
        await begin(page, "practice");
        await clean(page);
        await take(page, choices[0]!, false);
        await clean(page);
        await page.getByRole("button", { name: "Go on" }).click();
        for (const text of choices.slice(1)) await take(page, text, true);
        await page.locator(".moments details").evaluateAll((all) => all.forEach((each) => each.setAttribute("open", "")));
        await clean(page);
      });

      test("nor where a choice is closed", async ({ page, url }) => {
        for (const path of scenarios) {
          await page.goto(url(path));
          await ready(page);
          const way = await toClosed(page);
          if (!way) continue;
          await begin(page, "practice");
          for (const text of way) await take(page, text, true);
          await clean(page);
          return;
        }
        throw new Error("no scenario ever closes a choice with a reason");
      });
    });
  }

  test(`${colorScheme}: each text meets AA on each ground, and what can be pressed stands out`, async ({ page, url }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(url("index.html"));
    const hues = Array.from({ length: 8 }, (_, hue) => `hue-${hue + 1}`);
    const ratios = await page.evaluate((hues) => {
      const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
      const probe = document.body.appendChild(document.createElement("i"));
      const light = (color: string, hue = "") => {
        probe.className = hue;
        probe.style.setProperty("color", `var(--${color})`);
        canvas.fillStyle = getComputedStyle(probe).color;
        canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) => {
          const part = byte / 255;
          return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
      };
      const contrast = (one: number, other: number) =>
        (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      const found: [string, number, number][] = [];
      const pair = (name: string, text: number, ground: string, least: number) =>
        found.push([`${name} on ${ground}`, contrast(text, light(ground)), least]);
      for (const ground of ["paper", "card", "soft", "gold-soft"]) {
        for (const text of ["ink", "quiet", "glaze", "gold-ink"]) pair(text, light(text), ground, 4.5);
        for (const hue of hues) pair(hue, light("hue", hue), ground, 4.5);
      }
      for (const ground of ["paper", "card"]) {
        pair("crack", light("crack"), ground, 4.5);
        for (const mark of ["edge", "gold-line"]) pair(mark, light(mark), ground, 3);
      }
      pair("paper", light("paper"), "glaze", 4.5);
      return found;
    }, hues);
    expect(ratios.filter(([, ratio, least]) => ratio < least)).toEqual([]);
    expect(ratios.length).toBeGreaterThan(50);
  });
}

for (const path of pages()) {
  test(`${path}: no inline style, no inline script, nothing from elsewhere`, () => {
    const html = source(path);
    expect(html).not.toMatch(/\sstyle\s*=/i);
    expect(html).not.toMatch(/<style/i);
    expect(html).not.toMatch(/\son[a-z]+\s*=/i);
    for (const [, attributes, inside] of html.matchAll(/<script\b([^>]*)>([^]*?)<\/script>/gi)) {
      expect(attributes).toContain(" src=");
      expect(inside).toBe("");
    }
    for (const [, to] of html.matchAll(/<(?:script|link|img)\b[^>]*?(?:src|href)="([^"]*)"/gi)) {
      expect(to).not.toMatch(/^(?:[a-z]+:)?\/\//i);
    }
    expect(html).toContain('http-equiv="Content-Security-Policy"');
  });
}

test("the whole look is at most seven kilobytes on the wire", () => {
  expect(gzipSync(source("static/theme.css"), { level: 9 }).length).toBeLessThanOrEqual(7 * 1024);
});

test("a finished play prints as a transcript with feedback", async ({ page, url }) => {
  await page.goto(url(path));
  await ready(page);
  const { choices } = await anEnding(page);
  await play(page, "practice", choices);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await expect(page.locator(".stage .you:visible")).toHaveCount(choices.length);
  await expect(page.locator(".moments .why:visible").first()).toBeVisible();
  await expect(page.locator("button:visible, .bar:visible")).toHaveCount(0);
});
