// Checks the current page in every width and color scheme, and saves screenshots in target/screens for review by eye.

import { join } from "node:path";
import { expectAccessible } from "./axe";
import { expectFits, SMALLEST_ON_PAPER, widenTextSpacing } from "./layout";
import { repository } from "./program";
import type { Page } from "./site";

export const PICTURES = join(repository, "target/screens");
/** The first is the narrowest that must work: an old phone, or the frame of a learning platform. */
const WIDTHS = [320, 360, 768, 1280, 1920];
/** A sheet of A4, in CSS pixels. */
export const SHEET = { width: 794, height: 1123 };

/** Checks the layout of the current page in all widths and on paper, and takes screenshots (of a very long page, only its top). */
export async function captureLayouts(page: Page, name: string): Promise<void> {
  const fullPage = (await page.evaluate(() => document.documentElement.scrollHeight)) < 20_000;
  const screenshot = (kind: string) => page.screenshot({ path: join(PICTURES, `${name}-${kind}.jpg`), type: "jpeg", quality: 60, fullPage });
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: Math.round(Math.max(640, width * 0.6)) });
    await expectFits(page, `${name}, ${width} pixels wide`);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await screenshot(`${width}-${colorScheme}`);
    }
  }
  await page.setViewportSize(SHEET);
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  await expectFits(page, `${name}, on paper`, SMALLEST_ON_PAPER);
  await screenshot("print");
  await page.emulateMedia({ media: null });
}

/** Does the same, and checks accessibility in each color scheme, right to left, with wide text spacing and in forced colors. */
export async function captureAndCheck(page: Page, name: string): Promise<void> {
  const check = async (variant: string, hasForcedColors = false) => {
    await expectAccessible(page, hasForcedColors);
    await expectFits(page, `${name}, ${variant}`);
  };
  await captureLayouts(page, name);
  await page.setViewportSize({ width: 1280, height: 720 });
  await check("light");
  await page.emulateMedia({ colorScheme: "dark" });
  await check("dark");
  await page.setViewportSize({ width: 320, height: 640 });
  const { dir } = await page.evaluate(() => document.documentElement);
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  await check("right to left, narrow and dark");
  await page.evaluate((dir) => (document.documentElement.dir = dir), dir);
  await page.emulateMedia({ colorScheme: "light" });
  const restoreSpacing = await widenTextSpacing(page);
  await check("narrow, with wide text spacing");
  await restoreSpacing();
  await page.emulateMedia({ forcedColors: "active" });
  await check("in forced colors", true);
  await page.emulateMedia({ forcedColors: null });
}
