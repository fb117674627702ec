// What holds of any course, and so of the one that ships: every page is clean and open to everybody, and every conversation
// is played, and read, to its ends.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { clean } from "./axe";
import { practice, shipped } from "./courses";
import { fits, space } from "./layout";
import { hurry, ledger, play, ready } from "./player";
import { repository } from "./program";
import { anEnding, endings } from "./proved";
import { walk } from "./reader";
import { expect, test } from "./site";

for (const course of [practice, shipped]) {
  test.describe(course === shipped ? "the course that ships" : "a course", () => {
    test.use({ course });

    for (const path of course.scenarios) {
      test(`${path}: every ending is reached, and its points add up`, async ({ page, open }) => {
        await open(path, "practice");
        const all = endings(course, path);
        expect(Object.keys(all).length).toBe(course.html(path).split('class="node ending').length - 1);
        for (const [place, [title, { choices, final }]] of Object.entries(all).entries()) {
          if (place) await page.getByRole("button", { name: "Play again" }).click();
          await hurry(page, choices);
          await expect(page.locator(".stage .ending h3")).toHaveText(title);
          const shown = await ledger(page);
          expect(shown.final).toBe(final);
          const lost = shown.lines.reduce((sum, line) => sum + line, 0);
          expect(Math.abs(1000 - lost - final * 10)).toBeLessThanOrEqual(5);
          if (shown.lines.length) await expect(page.locator(".ledger tfoot th")).toContainText((lost / 10).toFixed(1));
          else await expect(page.locator(".flawless")).toBeVisible();
          await expect(page.locator(".moments > li")).toHaveCount(choices.length);
          await expect(page.locator(".points > li")).toHaveCount(choices.length + 1);
        }
      });

      test(`${path}: plays from the disk`, async ({ page }) => {
        await page.goto(course.onDisk(path));
        await ready(page);
        const { choices, final } = anEnding(course, path);
        await play(page, "challenge", choices);
        await expect(page.locator(".score b")).toHaveText(String(final));
      });

      test.describe("with JavaScript off", () => {
        test.use({ javaScriptEnabled: false });

        test(`${path}: is a story to the end, and says why it has no score`, async ({ page, url }) => {
          for (const address of [url(path), course.onDisk(path)]) {
            await page.goto(address);
            await expect(page.locator(".no-score")).toBeVisible();
            await walk(page, path !== course.scenarios[0]);
          }
        });
      });
    }

    for (const path of ["index.html", course.drilled[0]!, "404.html", "record/index.html"]) {
      test(`${path} fits 320 pixels, with wide text spacing, too`, async ({ page, url }) => {
        await page.setViewportSize({ width: 320, height: 640 });
        await page.goto(url(path));
        await fits(page);
        await space(page);
        await fits(page);
      });
    }

    for (const path of course.pages) {
      test(`${path} has no barrier, and nothing on it is cut off or too small`, async ({ page, url }) => {
        await page.goto(url(path));
        await clean(page);
        await fits(page);
      });
    }

    test("the Nu Html Checker finds no fault on any page", () => {
      const jar = join(repository, "node_modules/vnu-jar/build/dist/vnu.jar");
      const files = course.pages.map((path) => join(course.site, path));
      const args = ["-jar", jar, "--errors-only", "--format", "json", "--stdout", ...files];
      const { stdout, error } = spawnSync("java", args, { encoding: "utf8", maxBuffer: 1e8 });
      expect(error, "Java is missing: cargo xtask test installs it").toBeUndefined();
      const { messages } = JSON.parse(stdout) as { messages: { url: string; message: string; extract: string }[] };
      expect(messages.map(({ url, message, extract }) => `${url}: ${message} ${extract}`)).toEqual([]);
    });
  });
}
