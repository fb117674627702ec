// Legibility: color contrast, the printed transcript, and no layout shift while a page loads.

import { SCENARIO } from "./courses";
import { play } from "./player";
import { anyPlay } from "./proved";
import { expect, test } from "./site";

for (const colorScheme of ["light", "dark"] as const) {
  test(`${colorScheme}: every text color meets AA on every background, and controls stand out`, async ({ page, url }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(url("index.html"));
    const hues = Array.from({ length: 8 }, (_, hue) => `hue-${hue + 1}`);
    const ratios = await page.evaluate((hues) => {
      const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
      const probe = document.body.appendChild(document.createElement("i"));
      const luminance = (color: string, hue = "") => {
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
      const pairs: [string, number, number][] = [];
      const pair = (name: string, text: number, ground: string, least: number) =>
        pairs.push([`${name} on ${ground}`, contrast(text, luminance(ground)), least]);
      for (const ground of ["paper", "card", "soft", "gold-soft"]) {
        for (const text of ["ink", "quiet", "glaze", "gold-ink"]) pair(text, luminance(text), ground, 4.5);
        for (const hue of hues) pair(hue, luminance("hue", hue), ground, 4.5);
      }
      for (const ground of ["paper", "card"]) {
        pair("crack", luminance("crack"), ground, 4.5);
        for (const mark of ["edge", "gold-line"]) pair(mark, luminance(mark), ground, 3);
      }
      pair("paper", luminance("paper"), "glaze", 4.5);
      return pairs;
    }, hues);
    expect(ratios.filter(([, ratio, least]) => ratio < least)).toEqual([]);
    expect(ratios.length).toBeGreaterThan(50);
  });
}

test("a finished play prints as a transcript with feedback", async ({ page, open }) => {
  await open(SCENARIO);
  const { choices } = anyPlay();
  await play(page, "practice", choices);
  await page.emulateMedia({ media: "print" });
  // The name of a chapter is not squeezed, folded or not.
  for (const name of await page.locator(".chapter h3:visible").all()) expect((await name.boundingBox())!.width).toBeGreaterThan(90);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await expect(page.locator(".stage .you:visible")).toHaveCount(choices.length);
  await expect(page.locator(".moments .why:visible").first()).toBeVisible();
  await expect(page.locator("button:visible, .bar:visible")).toHaveCount(0);
});

for (const path of ["index.html", SCENARIO, "record/index.html"]) {
  test(`${path}: the layout does not shift while the page loads`, async ({ page, url }) => {
    await page.goto(url(path), { waitUntil: "networkidle" });
    const shift = await page.evaluate(
      () =>
        new Promise<number>((done) => {
          let sum = 0;
          const observer = new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
          });
          observer.observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(sum), 300);
        }),
    );
    expect(shift).toBeLessThan(0.02);
  });
}
