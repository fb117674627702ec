// Every platform and every case: what a trainee does, and what the platform then holds.

import { expect, test, type Page } from "@playwright/test";
import { begin, hurry, play } from "../browser/player";
import { failing, passing } from "./packages";
import { inside, launched, platforms, type Platform, type Values } from "./platforms";

interface Seen {
  status: string;
  score: number | null;
  skills: number;
}

/** What a platform holds, whatever its standard. */
function seen(values: Values): Seen {
  const status = values["attempt"] ?? values["cmi.core.lesson_status"] ?? [values["cmi.completion_status"], values["cmi.success_status"]].join();
  const score = values["cmi.core.score.raw"] ?? values["cmi.score.raw"] ?? values["attempt.score"];
  const skills = Object.entries(values).filter(([key, value]) => /objectives.*\.id$/.test(key) && !key.includes("interactions") && value.startsWith("leaa-"));
  // Nothing begun and nothing ended are one to a trainer.
  return { status: status.replace("not attempted", "incomplete"), score: Number(score || 0) || null, skills: skills.length };
}

const STATUS = {
  scorm12: { incomplete: "incomplete", passed: "passed", failed: "failed" },
  scorm2004: { incomplete: "incomplete,unknown", passed: "completed,passed", failed: "completed,failed" },
  cmi5: { incomplete: "", passed: "", failed: "" },
};

const saved = async (page: Page) => expect((await launched(page)).locator("[role=status]")).toHaveText(/has saved/);

/** Ends the session as a trainee does who has read the line. */
async function finish(page: Page): Promise<void> {
  await (await launched(page)).locator("[data-do=finish]").click();
  await expect((await launched(page)).locator("[role=status]")).toHaveText(/has ended/);
}

async function holds(platform: Platform, learner: string, status: keyof (typeof STATUS)["cmi5"], score: number | null): Promise<void> {
  const wanted = { status: STATUS[platform.standard][status], score };
  await expect.poll(async () => { const { status, score } = seen(await platform.stored(learner)); return { status, score }; }).toEqual(wanted);
}

for (const platform of platforms) {
  test.describe(platform.name, () => {
    test.describe.configure({ mode: "serial" });
    test.beforeAll(() => platform.start());
    test.afterAll(() => platform.stop());

    test("who looks in and leaves has begun nothing", async ({ page }) => {
      await platform.open(page, "finn");
      await inside(page);
      await finish(page);
      await holds(platform, "finn", "incomplete", null);
    });

    test("a passed play is passed, with its score and its skills", async ({ page }) => {
      await platform.open(page, "ada");
      await play(await inside(page), "challenge", passing.choices);
      await saved(page);
      await holds(platform, "ada", "passed", passing.final);
      if (platform.skills) expect(seen(await platform.stored("ada")).skills).toBe(4);
      await finish(page);
      await holds(platform, "ada", "passed", passing.final);
      expect(await page.evaluate(() => Object.keys(localStorage).length + Object.keys(sessionStorage).length)).toBe(0);
    });

    test("after a pass nothing makes it worse", async ({ page }) => {
      await platform.open(page, "ada");
      const scenario = await inside(page);
      await play(scenario, "challenge", failing.choices);
      await saved(page);
      await finish(page);
      await holds(platform, "ada", "passed", passing.final);
    });

    test("a play that does not pass is failed", async ({ page }) => {
      await platform.open(page, "ben");
      await play(await inside(page), "challenge", failing.choices);
      await saved(page);
      await finish(page);
      await holds(platform, "ben", "failed", (platform.failed ?? failing.final) || null);
    });

    test("a window that is closed in the middle goes on where it was, for its learner alone", async ({ page, context }) => {
      await platform.open(page, "cleo");
      const scenario = await inside(page);
      await begin(scenario, "challenge");
      await hurry(scenario, passing.choices.slice(0, 3));
      await saved(page);
      // A platform may send in its own time what it has taken, and not at all once its window is gone.
      const taken = await page.evaluate((standard) => {
        const { API, API_1484_11 } = window as unknown as Record<string, Record<string, (name: string) => string>>;
        return standard === "scorm12" ? API!["LMSGetValue"]!("cmi.suspend_data") : API_1484_11!["GetValue"]!("cmi.suspend_data");
      }, platform.standard);
      await expect.poll(async () => (await platform.stored("cleo"))["cmi.suspend_data"]).toBe(taken);
      await page.close();
      await holds(platform, "cleo", "incomplete", null);
      const other = await context.newPage();
      await platform.open(other, "dan");
      await expect((await inside(other)).locator("[data-do=start]")).toBeVisible();
      await expect((await inside(other)).locator("[data-do=resume]")).toHaveCount(0);
      await other.close();
      const again = await context.newPage();
      await platform.open(again, "cleo");
      const frame = await inside(again);
      await frame.locator("[data-do=resume]").click();
      await expect(frame.locator(".stage .choice").first()).toBeVisible();
      await hurry(frame, passing.choices.slice(3));
      await expect(frame.locator(".debrief")).toBeVisible();
      await saved(again);
      await finish(again);
      await holds(platform, "cleo", "passed", passing.final);
    });

    test("practice is not reported", async ({ page }) => {
      await platform.open(page, "eve");
      await play(await inside(page), "practice", passing.choices);
      await saved(page);
      await finish(page);
      await holds(platform, "eve", "incomplete", null);
    });
  });
}
