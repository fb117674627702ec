// Pictures of a page as it stands, in every look, kept in target/screens for people to look at.

import { join } from "node:path";
import { clean } from "./axe";
import { fits, ON_PAPER, space } from "./layout";
import { repository } from "./program";
import type { Page } from "./site";

export const PICTURES = join(repository, "target/screens");
/** The narrowest that must hold, an old phone or the frame of a learning system; then those that are looked at. */
const WIDTHS = [320, 360, 768, 1280, 1920];
/** A sheet of A4, in CSS pixels. */
export const SHEET = { width: 794, height: 1123 };

/** Looks at the page as it stands in all widths and on paper, and takes its pictures: of a very long one the beginning. */
export async function seen(page: Page, name: string): Promise<void> {
  const fullPage = (await page.evaluate(() => document.documentElement.scrollHeight)) < 20_000;
  const picture = (kind: string) => page.screenshot({ path: join(PICTURES, `${name}-${kind}.jpg`), type: "jpeg", quality: 60, fullPage });
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: Math.round(Math.max(640, width * 0.6)) });
    await fits(page, `${name}, ${width} pixels wide`);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await picture(`${width}-${colorScheme}`);
    }
  }
  await page.setViewportSize(SHEET);
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  await fits(page, `${name}, on paper`, ON_PAPER);
  await picture("print");
  await page.emulateMedia({ media: null });
}

/** The same of a state of the player, and whether anybody is kept out of it, in any look. */
export async function look(page: Page, name: string): Promise<void> {
  const check = async (look: string, isForced = false) => {
    await clean(page, isForced);
    await fits(page, `${name}, ${look}`);
  };
  await seen(page, name);
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
  const narrow = await space(page);
  await check("narrow, with wide text spacing");
  await narrow();
  await page.emulateMedia({ forcedColors: "active" });
  await check("in forced colors", true);
  await page.emulateMedia({ forcedColors: null });
}
