// A course in English, German and Arabic, in both themes: switching language, a record shared by all languages, search, plural
// forms, and pages that read from right to left.

import { expectAccessible } from "./axe";
import { compact, languages } from "./courses";
import { expectFits } from "./layout";
import { expect, test, type Page } from "./site";

const LESSON = "lessons/hear-first/index.html";
const SCENARIO = "scenarios/late-parcel/index.html";

/** Plays the strongest choices, by the ids that all languages share. */
async function playThrough(page: Page, mode: "practice" | "challenge"): Promise<void> {
  await page.locator(`[value=${mode}]`).check();
  await page.locator("[data-do=start]").click();
  for (const id of ["ask", "own", "courier"]) await choose(page, id);
  await expect(page.locator(".debrief")).toBeVisible();
}

/** Makes the choice with this id. */
async function choose(page: Page, id: string): Promise<void> {
  const html = await (await page.request.get(page.url())).text();
  const [, text] = new RegExp(`_${id}"><span class="text">([^<]+)<`).exec(html)!;
  await page.locator(".stage .choice", { hasText: text! }).click();
}

for (const [theme, course] of Object.entries({ languages, compact })) {
  test.describe(theme, () => {
    test.use({ course });

    test("the language switch leads to the same page in another language", async ({ page, url }) => {
      await page.goto(url(LESSON));
      await page.getByRole("navigation", { name: "Languages" }).getByRole("link", { name: "Deutsch" }).click();
      await expect(page).toHaveURL(url(`de/${LESSON}`));
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Erst zuhören");
      await page.getByRole("link", { name: "العربية" }).click();
      await expect(page).toHaveURL(url(`ar/${LESSON}`));
      await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
      await expect(page.getByRole("navigation", { name: "اللغات" }).locator("[aria-current]")).toHaveText("العربية");
      await page.getByRole("link", { name: "English" }).click();
      await expect(page).toHaveURL(url(LESSON));
    });

    test("an attempt in one language counts in all of them", async ({ page, open, url }) => {
      await open(`ar/${SCENARIO}`);
      await playThrough(page, "challenge");
      await expect(page.locator(".score b")).toHaveText("100");
      // The attempt is stored a moment after the score is shown.
      await expect.poll(() => page.evaluate(() => Object.keys(localStorage).some((key) => key.includes(":attempts:")))).toBe(true);
      await page.goto(url("de/index.html"));
      await expect(page.locator(".card .best")).toHaveText("Bestanden mit 100");
      await page.goto(url("record/index.html"));
      await expect(page.locator(".attempts > li:visible")).toContainText("challenge, passed with mastery");
    });

    test("a trainee who changes the language resumes at the same moment", async ({ page, open, url }) => {
      await open(SCENARIO);
      await page.locator("[data-do=start]").click();
      await choose(page, "ask");
      await page.goto(url(`de/${SCENARIO}`));
      await expect(page.getByText("Sie sind wieder dort, wo Sie waren.")).toBeVisible();
      await expect(page.locator(".stage .you .line")).toHaveText("Drei Tage. Was ist darin, und wer wartet darauf?");
    });

    for (const access of ["over HTTP", "from disk"]) {
      test(`each language has its own search, ${access}`, async ({ page, url }) => {
        const address = (path: string) => (access === "from disk" ? course.fileUrl(path) : url(path));
        for (const [folder, query, marked] of [
          ["de/", "PAKETE", /^Paket/],
          ["de/", "zuhoren", /^zuhören$/],
          // The query has vowel marks that the text does not.
          ["ar/", "وَانْتَظِر", /^وانتظر$/],
          ["", "parcels", /^parcel$/i],
        ] as const) {
          await page.goto(address(`${folder}search/index.html`));
          await page.getByRole("searchbox").fill(query);
          const result = page.locator(".finds li").filter({ has: page.locator("mark") }).first();
          await expect(result.locator("mark").first()).toHaveText(marked);
          await result.getByRole("link").click();
          await expect(page).toHaveURL(new RegExp(`/${folder}(lessons|scenarios)/`));
          await expect(page.locator("h1")).not.toBeEmpty();
        }
        // Text in another language is not found.
        await page.goto(address("de/search/index.html"));
        await page.getByRole("searchbox").fill("وانتظر");
        await expect(page.getByRole("status")).toHaveText(/nichts/i);
      });
    }

    test("counts use the plural forms of the language", async ({ page, open }) => {
      await open(`ar/${SCENARIO}`);
      await page.locator("[data-do=start]").click();
      for (const tries of [1, 2]) {
        await choose(page, tries === 1 ? "number" : "ask");
        await page.locator("[data-do=retry]").click();
      }
      for (const id of ["number", "snow", "look"]) {
        await choose(page, id);
        await page.locator("[data-do=on]").click();
      }
      await expect(page.locator(".debrief .mode")).toHaveText("تدريب، مع إعادة لحظتين.");
      await expect(page.locator(".ledger")).toContainText("من 3");
      // No English is left: a condition in the debrief has the words of the language, too.
      await expect(page.locator(".debrief")).not.toContainText(/[A-Za-z]{4}/);
    });

    for (const [name, options] of Object.entries({
      "wide and light": { viewport: { width: 1100, height: 800 } },
      "narrow and dark": { viewport: { width: 360, height: 740 }, colorScheme: "dark" },
    } as const)) {
      test.describe(name, () => {
        test.use(options);
        for (const language of ["", "ar/"]) {
          test(`${language || "en/"} is accessible, and its layout holds`, async ({ page, open, url }, info) => {
            const check = async (state: string) => {
              await expectAccessible(page);
              await expectFits(page);
              await info.attach(state, { body: await page.screenshot({ fullPage: true }), contentType: "image/png" });
            };
            for (const path of ["index.html", LESSON, "lessons/own-it/index.html"]) {
              await page.goto(url(language + path));
              await check(path.split("/").at(-2) ?? "home");
            }
            await open(language + SCENARIO);
            await check("brief");
            await page.locator("[data-do=start]").click();
            await choose(page, "number");
            await check("reply");
            await page.locator("[data-do=on]").click();
            await choose(page, "snow");
            await page.locator("[data-do=on]").click();
            await check("closed");
            await choose(page, "courier");
            await page.locator("[data-do=on]").click();
            await expect(page.locator(".debrief")).toBeVisible();
            await check("debrief");
            await page.goto(url(`${language}record/index.html`));
            await expect(page.locator(".attempts > li:visible")).toHaveCount(1);
            await check("record");
          });
        }
      });
    }
  });
}
