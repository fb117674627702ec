// A course in English, German and Arabic, in both themes: the same page in each, what is remembered for all of them, and
// pages that read from right to left.

import { clean } from "./axe";
import { compact, languages } from "./courses";
import { fits } from "./layout";
import { expect, test, type Page } from "./site";

const LESSON = "lessons/hear-first/index.html";
const TALK = "scenarios/late-parcel/index.html";

/** Plays the strongest line of each moment, by the ids that all languages share. */
async function playThrough(page: Page, mode: "practice" | "challenge"): Promise<void> {
  await page.locator(`[value=${mode}]`).check();
  await page.locator("[data-do=start]").click();
  for (const id of ["ask", "own", "courier"]) await choose(page, id);
  await expect(page.locator(".debrief")).toBeVisible();
}

async function choose(page: Page, id: string): Promise<void> {
  const html = await (await page.request.get(page.url())).text();
  const [, text] = new RegExp(`_${id}"><span class="text">([^<]+)<`).exec(html)!;
  await page.locator(".stage .choice", { hasText: text! }).click();
}

for (const [theme, course] of Object.entries({ languages, compact })) {
  test.describe(theme, () => {
    test.use({ course });

    test("the switch leads to the same page in another language", async ({ page, url }) => {
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

    test("what was played in one language is known in all of them", async ({ page, open, url }) => {
      await open(`ar/${TALK}`);
      await playThrough(page, "challenge");
      await expect(page.locator(".score b")).toHaveText("100");
      // It is stored in its turn, a moment after it is shown.
      await expect.poll(() => page.evaluate(() => Object.keys(localStorage).some((key) => key.includes(":attempts:")))).toBe(true);
      await page.goto(url("de/index.html"));
      await expect(page.locator(".card .best")).toHaveText("Bestanden mit 100");
      await page.goto(url("record/index.html"));
      await expect(page.locator(".attempts > li:visible")).toContainText("challenge, passed with mastery");
    });

    test("a trainee who changes the language goes on at the same moment", async ({ page, open, url }) => {
      await open(TALK);
      await page.locator("[data-do=start]").click();
      await choose(page, "ask");
      await page.goto(url(`de/${TALK}`));
      await expect(page.getByText("Sie sind wieder dort, wo Sie waren.")).toBeVisible();
      await expect(page.locator(".stage .you .line")).toHaveText("Drei Tage. Was ist darin, und wer wartet darauf?");
    });

    for (const from of ["a sub-path", "the disk"]) {
      test(`is searched in each language by itself, on ${from}`, async ({ page, url }) => {
        const at = (path: string) => (from === "the disk" ? course.onDisk(path) : url(path));
        for (const [folder, question, marked] of [
          ["de/", "PAKETE", /^Paket/],
          ["de/", "zuhoren", /^zuhören$/],
          // With the marks that the text does not have.
          ["ar/", "وَانْتَظِر", /^وانتظر$/],
          ["", "parcels", /^parcel$/i],
        ] as const) {
          await page.goto(at(`${folder}search/index.html`));
          await page.getByRole("searchbox").fill(question);
          const find = page.locator(".finds li").filter({ has: page.locator("mark") }).first();
          await expect(find.locator("mark").first()).toHaveText(marked);
          await find.getByRole("link").click();
          await expect(page).toHaveURL(new RegExp(`/${folder}(lessons|scenarios)/`));
          await expect(page.locator("h1")).not.toBeEmpty();
        }
        // What is written in another language is not found.
        await page.goto(at("de/search/index.html"));
        await page.getByRole("searchbox").fill("وانتظر");
        await expect(page.getByRole("status")).toHaveText(/nichts/i);
      });
    }

    test("numbers have the forms of the language", async ({ page, open, url }) => {
      await open(`ar/${TALK}`);
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
      // A condition in the words of the language, where the strongest reply has none and a closed one has.
      await expect(page.locator(".debrief")).not.toContainText(/[A-Za-z]{4}/);
    });

    for (const [name, options] of Object.entries({
      "wide and light": { viewport: { width: 1100, height: 800 } },
      "narrow and dark": { viewport: { width: 360, height: 740 }, colorScheme: "dark" },
    } as const)) {
      test.describe(name, () => {
        test.use(options);
        for (const language of ["", "ar/"]) {
          test(`${language || "en/"} has no barrier`, async ({ page, open, url }, info) => {
            const see = async (state: string) => {
              await clean(page);
              await fits(page);
              await info.attach(state, { body: await page.screenshot({ fullPage: true }), contentType: "image/png" });
            };
            for (const path of ["index.html", LESSON, "lessons/own-it/index.html"]) {
              await page.goto(url(language + path));
              await see(path.split("/").at(-2) ?? "home");
            }
            await open(language + TALK);
            await see("brief");
            await page.locator("[data-do=start]").click();
            await choose(page, "number");
            await see("reply");
            await page.locator("[data-do=on]").click();
            await choose(page, "snow");
            await page.locator("[data-do=on]").click();
            await see("closed");
            await choose(page, "courier");
            await page.locator("[data-do=on]").click();
            await expect(page.locator(".debrief")).toBeVisible();
            await see("debrief");
            await page.goto(url(`${language}record/index.html`));
            await expect(page.locator(".attempts > li:visible")).toHaveCount(1);
            await see("record");
          });
        }
      });
    }
  });
}
