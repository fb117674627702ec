// Translates the course of `amends new` into a language that amends does not ship, and plays it as a trainee.

import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Course } from "./courses";
import { amends, build, temporary } from "./program";
import { expect, test } from "./site";

/** Stands in for a Spanish translation. */
const translate = (words: string) => `«${words}»`;

/** Fills in a file that `amends translate` began: each empty key gets the original text in the comment above it. */
function fillIn(path: string): void {
  let above: string[] = [];
  const lines = readFileSync(path, "utf8").split("\n").map((line) => {
    const [, indent, key] = /^( *)([\w"-]+):$/.exec(line) ?? [];
    const comment = /^ *# ?(.*)$/.exec(line)?.[1];
    if (comment !== undefined) above.push(comment);
    const words = above;
    if (comment === undefined) above = [];
    if (key === undefined || (words.length === 0 && !/^(one|many|other)$/.test(key))) return line;
    return `${indent}${key}: ${JSON.stringify(translate(words.join(" ")))}`;
  });
  writeFileSync(path, lines.join("\n"));
}

test("the starter course is translated completely, and a trainee reads and plays it", async ({ page }) => {
  const work = join(temporary(), "course");
  amends("new", work, "--quiet");
  const settings = join(work, "site.yaml");
  writeFileSync(settings, readFileSync(settings, "utf8").replace("language: en", "languages: [en, es]"));
  amends("translate", "es", "--all", "--quiet", "--site", work);
  const lesson = join(work, "content/es/lessons/01-hear-first.md");
  expect(readFileSync(lesson, "utf8")).toContain("## Try it {#try-it}");
  // A translation that has only been begun is not published, and causes no errors.
  const states = () => amends("translate", "es", "--site", work).trim().split("\n").map((line) => line.split(/ +/)[0]);
  expect(new Set(states())).toEqual(new Set(["begun"]));
  amends("check", "--site", work);

  const files = readdirSync(join(work, "content/es"), { recursive: true, encoding: "utf8" });
  const begun = files.filter((path) => /\.(yaml|md)$/.test(path)).map((path) => join(work, "content/es", path));
  begun.forEach(fillIn);
  for (const path of begun.filter((path) => path.endsWith(".md"))) {
    const [front, text] = readFileSync(path, "utf8").split("\n---\n");
    writeFileSync(path, `${front}\n---\n${text}\nTraducido.\n`);
  }
  // The strings of the interface may be translated in part: here only two are.
  writeFileSync(join(work, "themes/default/strings/es.yaml"), "name: Español\nnav: { lessons: Lecciones }\n");
  expect(states()).toEqual([...begun.map(() => "done"), "begun"]);
  amends("check", "--site", work);

  const course = new Course(work, join(work, "public"));
  build(work, course.site);
  await page.goto(course.fileUrl("lessons/hear-first/index.html"));
  const languages = page.locator("nav.languages a, nav.languages [aria-current]");
  await expect(languages).toHaveText(["English", "Español"]);
  await page.getByRole("link", { name: "Español" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("«Hear it first»");
  await expect(page.locator("#try-it")).toBeVisible();
  await expect(page.getByText("Traducido.")).toBeVisible();
  await page.getByRole("link", { name: "Lecciones" }).click();
  await page.goto(course.fileUrl("es/scenarios/cold-dinner/index.html"));
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await page.locator("[data-do=start]").click();
  await page.locator(".stage .choice").first().click();
  await expect(page.locator(".stage .you .line")).toContainText("«");
  // The model's skill names ship in other languages only, so these are translated by the course.
  await expect(page.locator(".stage .marks").first()).toContainText("«");
  rmSync(join(work, ".."), { recursive: true });
});
