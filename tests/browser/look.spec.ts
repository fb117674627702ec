// Everybody can read and use it: no barrier that axe knows, text against ground, narrow screens, and clean markup.

import { clean } from "./axe";
import { fits, space } from "./layout";
import { begin, hurry, play, ready, take } from "./player";
import { anEnding, toClosed } from "./proved";
import { closing, expect, lessons, pages, scenarios, source, test, type Page } from "./site";

const [path] = scenarios as [string];
const lesson = lessons.find((path) => source(path).includes('class="story drill"'))!;

/** Nobody is kept out: no barrier, and nothing cut off or too small. */
async function open(page: Page, isForced = false): Promise<void> {
  await clean(page, isForced);
  await fits(page);
}

for (const path of pages()) {
  test(`${path} has no barrier`, async ({ page, url }) => {
    await page.goto(url(path));
    await open(page);
  });
}

/** The looks in which the key states are seen: one in light for each state; wide and narrow. */
const LOOKS = {
  light: {},
  "light, 320 pixels wide, with wide text spacing": { viewport: { width: 320, height: 640 }, spaced: true },
  dark: { colorScheme: "dark" },
  "right to left and dark": { rtl: true, colorScheme: "dark", viewport: { width: 320, height: 640 } },
  "forced colors": { forcedColors: "active" },
} as const;

for (const [name, { ...look }] of Object.entries(LOOKS)) {
  const { rtl, spaced, ...options } = look as { rtl?: boolean; spaced?: boolean };
  const isForced = "forcedColors" in look;
  test.describe(name, () => {
    test.use(options);

    test("the key states of a conversation have no barrier", async ({ page, url }) => {
      test.slow();
      await page.goto(url(path));
      await ready(page);
      const { choices } = anEnding(path);
      const look = async () => {
        if (rtl) await page.evaluate(() => (document.documentElement.dir = "rtl"));
        if (spaced) await space(page);
        await open(page, isForced);
      };
      await look();
      await begin(page, "practice");
      await look();
      await take(page, choices[0]!, false);
      await look();
      await page.getByRole("button", { name: "Go on" }).click();
      await hurry(page, choices.slice(1));
      await expect(page.locator(".debrief")).toBeVisible();
      await page.locator(".moments details").evaluateAll((all) => all.forEach((each) => each.setAttribute("open", "")));
      await page.locator("#debrief-heading").scrollIntoViewIfNeeded();
      await look();
      await page.goto(url("record/index.html"));
      await expect(page.locator(".attempts > li:visible")).toHaveCount(1);
      await look();
    });

    test("nor where a choice is closed", async ({ page, url }) => {
      await page.goto(url(closing[0]!));
      await ready(page);
      const way = toClosed(closing[0]!);
      await begin(page, "practice");
      await hurry(page, way);
      await open(page, isForced);
    });
  });
}

for (const path of ["index.html", lesson, "404.html", "record/index.html"]) {
  test(`${path} fits 320 pixels, with wide text spacing, too`, async ({ page, url }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(url(path));
    await fits(page);
    await space(page);
    await fits(page);
  });
}

for (const colorScheme of ["light", "dark"] as const) {
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
    // One page has a style of its own: it is shown at any address, and no link to a file would hold there.
    if (path !== "404.html") expect(html).not.toMatch(/<style/i);
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

test("a finished play prints as a transcript with feedback", async ({ page, url }) => {
  await page.goto(url(path));
  await ready(page);
  const { choices } = anEnding(path);
  await play(page, "practice", choices);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await expect(page.locator(".stage .you:visible")).toHaveCount(choices.length);
  await expect(page.locator(".moments .why:visible").first()).toBeVisible();
  await expect(page.locator("button:visible, .bar:visible")).toHaveCount(0);
});
