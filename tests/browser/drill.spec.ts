// Drills: each is played inside its lesson, and counts toward the lesson's progress.

import { practice, slugOf } from "./courses";
import { expect, test } from "./site";

for (const path of practice.lessonsWithDrills) {
  test(`${path}: each drill coaches, reports a result, and can be tried again`, async ({ page, url }) => {
    await page.goto(url(path));
    const drills = page.locator(".drill.playing");
    await expect(drills.first()).toBeAttached();
    for (const drill of await drills.all()) {
      const end = drill.locator(".drill-end");
      let coached = 0;
      while ((await end.count()) === 0) {
        await drill.locator(".stage .choice:not([aria-disabled])").first().click();
        await expect(drill.locator(".answer .by").last()).toBeFocused();
        await expect(drill.locator(".stage .coach")).toHaveCount(++coached);
        const goOn = drill.getByRole("button", { name: "Go on" });
        if (await goOn.count()) await goOn.click();
      }
      await expect(end.locator("p")).not.toBeEmpty();
      await end.getByRole("button", { name: "Try again" }).click();
      await expect(drill.locator(".stage .choices")).toBeVisible();
      await expect(drill.locator(".stage .you")).toHaveCount(0);
    }
    const count = await drills.count();
    await expect(page.locator(".finish [role=status]")).toHaveText(`Drills played here: ${count} of ${count}.`);
    await page.goto(url("index.html"));
    const entry = page.locator(`.path [data-slug="${slugOf(path)}"]`);
    await expect(entry.locator(".tick")).toHaveText("Begun");
    await expect(page.locator("[data-start]")).toContainText("Continue: ");
    await page.goto(url(path));
    await page.getByRole("button", { name: "Mark as done" }).click();
    await expect(page.getByText("This lesson is done.")).toBeVisible();
    await page.goto(url("index.html"));
    await expect(entry.locator(".tick")).toHaveText("Done");
  });
}
