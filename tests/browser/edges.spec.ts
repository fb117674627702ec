// Edge cases: wide pages, names that JavaScript reserves, long and deceptive names, page breaks, and damaged links.

import { practice, slugOf, SCENARIO } from "./courses";
import { countPrintedPages, expectFits } from "./layout";
import { play } from "./player";
import { anyPlay } from "./proved";
import { expect, test } from "./site";
import { attempt, store } from "./stored";

const lesson = practice.lessons[0]!;

test("the end of a lesson is aligned with its text at every width", async ({ page, url }) => {
  await page.goto(url(lesson));
  for (const width of [390, 1280, 1440, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    const left = (selector: string) => page.locator(selector).first().evaluate((each) => each.getBoundingClientRect().left);
    expect(Math.abs((await left(".finish button")) - (await left(".prose p"))), `${width} pixels`).toBeLessThan(1);
  }
});

test("a lesson with the slug `constructor` is not done from the start", async ({ page, url }) => {
  const rename = (path: string, from: string, to: string) =>
    page.route(url(path), async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(from, to);
      expect(body).toContain(to);
      await route.fulfill({ response, body });
    });
  await rename(lesson, `data-lesson="${slugOf(lesson)}"`, 'data-lesson="constructor"');
  await rename("index.html", `<li data-slug="${slugOf(lesson)}"`, '<li data-slug="constructor"');
  await page.goto(url(lesson));
  await expect(page.locator(".finish:not(.done) [data-do=mark]")).toHaveText("Mark as done");
  await page.locator("[data-do=mark]").click();
  await expect(page.locator(".finish.done")).toBeVisible();
  await page.locator("[data-do=mark]").click();
  await page.goto(url("index.html"));
  await expect(page.locator('.path [data-slug="constructor"]')).toBeVisible();
  await expect(page.locator(".path .tick")).toHaveCount(0);
});

test("a certificate fits the longest name on one sheet, and drops characters that change text direction", async ({ page, url }) => {
  await page.goto(url("record/index.html"));
  await store(page, { [`attempts:${slugOf(SCENARIO)}`]: [attempt(90)] });
  await page.reload();
  await page.evaluate(() => (window.print = () => {}));
  const [field, holder] = [page.getByLabel("The name to print on it"), page.locator(".holder")];
  for (const name of ["W".repeat(80), "Wolfeschlegelsteinhausenbergerdorff ".repeat(3).slice(0, 80).trim()]) {
    await field.fill(name);
    await expect(holder).toHaveText(name);
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await expectFits(page, `${width} pixels`);
    }
    await page.getByRole("button", { name: "Print the certificate" }).click();
    expect(await countPrintedPages(page)).toBe(1);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  }
  await field.fill("\u202eAmina\u2066 Okonkwo\u200f");
  await field.blur();
  await expect(holder).toHaveText("Amina Okonkwo");
  await page.reload();
  await expect(field).toHaveValue("Amina Okonkwo");
});

test("on paper the verdict stays on the page of its score", async ({ page, open }) => {
  await open(SCENARIO);
  await play(page, "challenge", anyPlay().choices);
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".result:has(.score):has(.verdict)")).toHaveCSS("break-inside", "avoid");
});

test("the desk reads a code from a link that ends in a percent sign", async ({ page, open, url }) => {
  await open(SCENARIO);
  await play(page, "challenge", anyPlay().choices);
  const code = page.locator(".hand-over .code");
  await expect(code).not.toBeEmpty();
  const address = `${url("desk/index.html")}#${(await code.textContent())!.trim()}`;
  for (const ending of ["%", "~100%"]) {
    await page.goto("about:blank");
    await page.goto(address + ending);
    await expect(page.locator("[data-list=rows] th")).toHaveCount(1);
  }
});
