// Every platform in every case: what a trainee does, and what the platform then stores.

import { expect, test, type Page } from "@playwright/test";
import { begin, chooseAll, play } from "../browser/player";
import { failing, passing } from "./packages";
import { courseFrame, endSession, expectSaved, type Platform, platforms, statusLine, type Values } from "./platforms";

interface Result {
  status: string;
  score: number | null;
  skills: number;
}

/** The result that a platform has stored, whatever its standard. */
function resultOf(values: Values): Result {
  const status = values["attempt"] ?? values["cmi.core.lesson_status"] ?? [values["cmi.completion_status"], values["cmi.success_status"]].join();
  const score = values["cmi.core.score.raw"] ?? values["cmi.score.raw"] ?? values["attempt.score"];
  const skills = Object.entries(values).filter(([key, value]) => /objectives.*\.id$/.test(key) && !key.includes("interactions") && value.startsWith("leaa-"));
  // To a trainer, not begun and not finished are the same.
  return { status: status.replace("not attempted", "incomplete"), score: Number(score || 0) || null, skills: skills.length };
}

const STATUS = {
  scorm12: { incomplete: "incomplete", passed: "passed", failed: "failed" },
  scorm2004: { incomplete: "incomplete,unknown", passed: "completed,passed", failed: "completed,failed" },
  cmi5: { incomplete: "", passed: "", failed: "" },
};

/** Ends the session, and waits until the launch page confirms it. */
async function finishSession(page: Page): Promise<void> {
  await endSession(page);
  await expect(await statusLine(page)).toHaveText(/has ended/);
}

async function expectStored(platform: Platform, learner: string, status: keyof (typeof STATUS)["cmi5"], score: number | null): Promise<void> {
  const expected = { status: STATUS[platform.standard][status], score };
  await expect.poll(async () => { const { status, score } = resultOf(await platform.stored(learner)); return { status, score }; }).toEqual(expected);
}

for (const platform of platforms) {
  test.describe(platform.name, () => {
    test.describe.configure({ mode: "serial" });
    test.beforeAll(() => platform.start());
    test.afterAll(() => platform.stop());

    test("a learner who opens the package and leaves has started nothing", async ({ page }) => {
      await platform.open(page, "finn");
      await courseFrame(page);
      await finishSession(page);
      await expectStored(platform, "finn", "incomplete", null);
    });

    test("a passed play is stored as passed, with its score and its skills", async ({ page }) => {
      await platform.open(page, "ada");
      await play(await courseFrame(page), "challenge", passing.choices);
      await expectSaved(page);
      await expectStored(platform, "ada", "passed", passing.final);
      if (platform.skills) expect(resultOf(await platform.stored("ada")).skills).toBe(4);
      await finishSession(page);
      await expectStored(platform, "ada", "passed", passing.final);
      expect(await page.evaluate(() => Object.keys(localStorage).length + Object.keys(sessionStorage).length)).toBe(0);
    });

    test("a fail after a pass does not replace it", async ({ page }) => {
      await platform.open(page, "ada");
      const scenario = await courseFrame(page);
      await play(scenario, "challenge", failing.choices);
      await expectSaved(page);
      await finishSession(page);
      await expectStored(platform, "ada", "passed", passing.final);
    });

    test("a failed play is stored as failed", async ({ page }) => {
      await platform.open(page, "ben");
      await play(await courseFrame(page), "challenge", failing.choices);
      await expectSaved(page);
      await finishSession(page);
      await expectStored(platform, "ben", "failed", (platform.failed ?? failing.final) || null);
    });

    test("a play resumes after its window was closed, for its own learner only", async ({ page, context }) => {
      await platform.open(page, "cleo");
      const scenario = await courseFrame(page);
      await begin(scenario, "challenge");
      await chooseAll(scenario, passing.choices.slice(0, 3));
      await expectSaved(page);
      // A platform may store a value later than it accepts it, and not at all once its window is closed.
      const accepted = await page.evaluate((standard) => {
        const { API, API_1484_11 } = window as unknown as Record<string, Record<string, (name: string) => string>>;
        return standard === "scorm12" ? API!["LMSGetValue"]!("cmi.suspend_data") : API_1484_11!["GetValue"]!("cmi.suspend_data");
      }, platform.standard);
      await expect.poll(async () => (await platform.stored("cleo"))["cmi.suspend_data"]).toBe(accepted);
      await page.close();
      await expectStored(platform, "cleo", "incomplete", null);
      const other = await context.newPage();
      await platform.open(other, "dan");
      await expect((await courseFrame(other)).locator("[data-do=start]")).toBeVisible();
      await expect((await courseFrame(other)).locator("[data-do=resume]")).toHaveCount(0);
      await other.close();
      const reopened = await context.newPage();
      await platform.open(reopened, "cleo");
      const frame = await courseFrame(reopened);
      await frame.locator("[data-do=resume]").click();
      await expect(frame.locator(".stage .choice").first()).toBeVisible();
      await chooseAll(frame, passing.choices.slice(3));
      await expect(frame.locator(".debrief")).toBeVisible();
      await expectSaved(reopened);
      await finishSession(reopened);
      await expectStored(platform, "cleo", "passed", passing.final);
    });

    test("practice is not reported", async ({ page }) => {
      await platform.open(page, "eve");
      await play(await courseFrame(page), "practice", passing.choices);
      await expectSaved(page);
      await finishSession(page);
      await expectStored(platform, "eve", "incomplete", null);
    });
  });
}
