// The debrief. Its first screen has the score, one sentence, the one line that would have changed most, and two buttons.

import { practice, SCENARIO } from "./courses";
import { chooseAll, play, unfoldDebrief, waitForPlayer } from "./player";
import { playsToEndings } from "./proved";
import { expect, test } from "./site";

const plays = Object.values(playsToEndings(practice, SCENARIO)).sort((one, other) => one.final - other.final);
const [worst, best] = [plays[0]!, plays.at(-1)!];

for (const [width, height] of [[390, 844], [1280, 800]] as const) {
  test(`${width} by ${height}: the main result fits on one screen, and the rest is folded`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    await open(SCENARIO);
    await play(page, "challenge", worst.choices);
    await expect(page.locator(".debrief:not([aria-busy])")).toBeVisible();
    const top = (await page.locator(".result").boundingBox())!.y;
    const last = (await page.locator(".one .acts").boundingBox())!;
    expect(last.y + last.height - top).toBeLessThanOrEqual(height);
    await expect(page.locator(".score b")).toHaveText(String(worst.final));
    await expect(page.getByRole("heading", { name: "The one line that would have changed most" })).toBeVisible();
    await expect(page.locator(".one .because .meta")).toHaveText(/^Moment \d; points lost: [\d.]+\.$/);
    expect(await page.locator(".chapter").count()).toBeGreaterThan(3);
    await expect(page.locator(".chapter[open]")).toHaveCount(0);
    for (const summary of await page.locator(".chapter > summary:not(:has([data-fill=skills]))").all()) await expect(summary.locator(".meta")).not.toBeEmpty();
    // The points named beside the line are the cost of some moment in the ledger.
    await unfoldDebrief(page);
    const costs = await page.locator(".ledger tbody").evaluateAll((bodies) =>
      bodies.map((body) => [...body.querySelectorAll("td:last-child")].reduce((sum, cost) => sum + Math.abs(Number(cost.textContent!.replace("−", ""))), 0)),
    );
    const [, named] = /lost: (\d+(?:\.\d+)?)/.exec((await page.locator(".one .because .meta").textContent())!)!;
    expect(costs.map((cost) => cost.toFixed(1))).toContain(Number(named).toFixed(1));
  });
}

test("two attempts are compared side by side, with the moment at which they differ", async ({ page, open }) => {
  await open(SCENARIO);
  await play(page, "practice", worst.choices);
  await expect(page.locator(".debrief:not([aria-busy])")).toBeVisible();
  await expect(page.locator(".two")).toHaveCount(0);
  await page.getByRole("button", { name: "Play again" }).click();
  await chooseAll(page, best.choices);
  await expect(page.locator(".debrief:not([aria-busy])")).toBeVisible();
  const comparison = page.locator(".two");
  await expect(comparison.locator(".big b")).toHaveText([String(worst.final), String(best.final)]);
  const firstDifference = worst.choices.findIndex((choice, place) => choice !== best.choices[place]);
  await expect(comparison).toContainText(`At moment ${firstDifference + 1} you `);
  expect(await comparison.locator(".curve .old, .curve .seam").count()).toBeGreaterThan(best.choices.length);
  // The comparison does not change this attempt.
  await page.reload();
  await expect(page.locator(".score b")).toHaveText(String(best.final));
});

test("the strongest lines can be read moment by moment, and lead back to the debrief", async ({ page, open }) => {
  await open(SCENARIO);
  await play(page, "challenge", worst.choices);
  await page.getByRole("button", { name: "Read the strongest lines" }).click();
  for (let moment = 1; !(await page.locator(".stage .ending").count()); moment++) {
    await expect(page.locator(".stage .moment").last()).toBeFocused();
    await expect(page.locator(".stage .coach")).toHaveCount(moment);
    await expect(page.locator(".stage .choice, [data-do=retry]")).toHaveCount(0);
    await page.getByRole("button", { name: "Go on" }).click();
  }
  await expect(page.locator(".stage .coach h4").filter({ hasNotText: "Why this works" })).toHaveCount(0);
  await page.getByRole("button", { name: "Back to the debrief" }).click();
  await expect(page.locator(".score b")).toHaveText(String(worst.final));
  await page.reload();
  await waitForPlayer(page);
  await expect(page.locator(".score b")).toHaveText(String(worst.final));
});
