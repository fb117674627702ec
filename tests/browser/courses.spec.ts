// Checks that hold for any course, run on the practice course and the one that ships: every page is valid, accessible and well laid
// out, and every scenario is played and read to its endings.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expectAccessible } from "./axe";
import { practice, shipped } from "./courses";
import { expectFits, widenTextSpacing } from "./layout";
import { chooseAll, play, readLedger, waitForPlayer } from "./player";
import { repository } from "./program";
import { anyPlay, playsToEndings } from "./proved";
import { readToEnding } from "./reader";
import { expect, test } from "./site";

for (const course of [practice, shipped]) {
  test.describe(course === shipped ? "the course that ships" : "a course", () => {
    test.use({ course });

    for (const path of course.scenarios) {
      test(`${path}: every ending is reached, and its points add up`, async ({ page, open }) => {
        await open(path, "practice");
        const plays = playsToEndings(course, path);
        expect(Object.keys(plays).length).toBe(course.html(path).split('class="node ending').length - 1);
        for (const [place, [title, { choices, final }]] of Object.entries(plays).entries()) {
          if (place) await page.getByRole("button", { name: "Play again" }).click();
          await chooseAll(page, choices);
          await expect(page.locator(".stage .ending h3")).toHaveText(title);
          const ledger = await readLedger(page);
          expect(ledger.final).toBe(final);
          const lost = ledger.lines.reduce((sum, line) => sum + line, 0);
          expect(Math.abs(1000 - lost - final * 10)).toBeLessThanOrEqual(5);
          if (ledger.lines.length) await expect(page.locator(".ledger tfoot th")).toContainText((lost / 10).toFixed(1));
          else await expect(page.locator(".flawless")).toBeVisible();
          await expect(page.locator(".moments > li")).toHaveCount(choices.length);
          await expect(page.locator(".points > li")).toHaveCount(choices.length + 1);
        }
      });

      test(`${path}: can be played from disk`, async ({ page }) => {
        await page.goto(course.fileUrl(path));
        await waitForPlayer(page);
        const { choices, final } = anyPlay(course, path);
        await play(page, "challenge", choices);
        await expect(page.locator(".score b")).toHaveText(String(final));
      });

      test.describe("with JavaScript off", () => {
        test.use({ javaScriptEnabled: false });

        test(`${path}: can be read as a story to an ending, and says why it has no score`, async ({ page, url }) => {
          for (const address of [url(path), course.fileUrl(path)]) {
            await page.goto(address);
            await expect(page.locator(".no-score")).toBeVisible();
            await readToEnding(page, path !== course.scenarios[0]);
          }
        });
      });
    }

    for (const path of ["index.html", course.lessonsWithDrills[0]!, "404.html", "record/index.html"]) {
      test(`${path} fits 320 pixels, even with wide text spacing`, async ({ page, url }) => {
        await page.setViewportSize({ width: 320, height: 640 });
        await page.goto(url(path));
        await expectFits(page);
        await widenTextSpacing(page);
        await expectFits(page);
      });
    }

    for (const path of course.pages) {
      test(`${path} is accessible, and nothing on it is cut off or too small`, async ({ page, url }) => {
        await page.goto(url(path));
        await expectAccessible(page);
        await expectFits(page);
      });
    }

    test("the Nu Html Checker finds no error on any page", () => {
      const jar = join(repository, "node_modules/vnu-jar/build/dist/vnu.jar");
      const files = course.pages.map((path) => join(course.site, path));
      const args = ["-jar", jar, "--errors-only", "--format", "json", "--stdout", ...files];
      const { stdout, error } = spawnSync("java", args, { encoding: "utf8", maxBuffer: 1e8 });
      expect(error, "Java is missing; `cargo xtask test` installs it").toBeUndefined();
      const { messages } = JSON.parse(stdout) as { messages: { url: string; message: string; extract: string }[] };
      expect(messages.map(({ url, message, extract }) => `${url}: ${message} ${extract}`)).toEqual([]);
    });
  });
}
