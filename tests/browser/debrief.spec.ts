// The debrief answers on one screen: the number, one sentence, the one line that would have changed most, and two buttons.

import { practice, TALK } from "./courses";
import { hurry, play, ready, unfolded } from "./player";
import { anEnding, endings } from "./proved";
import { expect, test } from "./site";

const all = Object.values(endings(practice, TALK)).sort((one, other) => one.final - other.final);
const [worst, best] = [all[0]!, all.at(-1)!];

for (const [width, height] of [[390, 844], [1280, 800]] as const) {
  test(`${width} by ${height}: what counts is on one screen, the rest is folded`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    await open(TALK);
    await play(page, "challenge", worst.choices);
    await expect(page.locator(".debrief:not([aria-busy])")).toBeVisible();
    const top = (await page.locator(".result").boundingBox())!.y;
    const last = (await page.locator(".one .acts").boundingBox())!;
    expect(last.y + last.height - top).toBeLessThanOrEqual(height);
    await expect(page.locator(".score b")).toHaveText(String(worst.final));
    await expect(page.getByRole("heading", { name: "The one line that would have changed most" })).toBeVisible();
    await expect(page.locator(".one .because .meta")).toHaveText(/^Moment \d, [\d.]+ points\.$/);
    expect(await page.locator(".chapter").count()).toBeGreaterThan(3);
    await expect(page.locator(".chapter[open]")).toHaveCount(0);
    for (const summary of await page.locator(".chapter > summary:not(:has([data-fill=skills]))").all()) await expect(summary.locator(".meta")).not.toBeEmpty();
    // Its line costs as much as any moment does.
    await unfolded(page);
    const costs = await page.locator(".ledger tbody").evaluateAll((bodies) =>
      bodies.map((body) => [...body.querySelectorAll("td:last-child")].reduce((sum, cost) => sum + Math.abs(Number(cost.textContent!.replace("−", ""))), 0)),
    );
    const [, said] = /, ([\d.]+) points/.exec((await page.locator(".one .because .meta").textContent())!)!;
    expect(costs.map((cost) => cost.toFixed(1))).toContain(Number(said).toFixed(1));
  });
}

test("two attempts stand side by side, and say where they part", async ({ page, open }) => {
  await open(TALK);
  await play(page, "practice", worst.choices);
  await expect(page.locator(".debrief:not([aria-busy])")).toBeVisible();
  await expect(page.locator(".two")).toHaveCount(0);
  await page.getByRole("button", { name: "Play again" }).click();
  await hurry(page, best.choices);
  await expect(page.locator(".debrief:not([aria-busy])")).toBeVisible();
  const two = page.locator(".two");
  await expect(two.locator(".big b")).toHaveText([String(worst.final), String(best.final)]);
  const parted = worst.choices.findIndex((choice, place) => choice !== best.choices[place]);
  await expect(two).toContainText(`At moment ${parted + 1} you `);
  expect(await two.locator(".curve .old, .curve .seam").count()).toBeGreaterThan(best.choices.length);
  // What is drawn of another attempt changes nothing of this one.
  await page.reload();
  await expect(page.locator(".score b")).toHaveText(String(best.final));
});

test("the strongest play is read along, and leads back to the debrief", async ({ page, open }) => {
  await open(TALK);
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
  await ready(page);
  await expect(page.locator(".score b")).toHaveText(String(worst.final));
});
