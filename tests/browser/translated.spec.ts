// The course that `amends new` makes, translated from nothing into a language that amends does not speak, and seen by a trainee.

import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Course } from "./courses";
import { amends, build, temporary } from "./program";
import { expect, test } from "./site";

/** A word in Spanish, as far as this test speaks it. */
const spanish = (words: string) => `«${words}»`;

/** Fills in a file that `translate` began: each empty key gets the words above it. */
function fill(path: string): void {
  let above: string[] = [];
  const lines = readFileSync(path, "utf8").split("\n").map((line) => {
    const [, indent, key] = /^( *)([\w"-]+):$/.exec(line) ?? [];
    const comment = /^ *# ?(.*)$/.exec(line)?.[1];
    if (comment !== undefined) above.push(comment);
    const words = above;
    if (comment === undefined) above = [];
    if (key === undefined || (words.length === 0 && !/^(one|many|other)$/.test(key))) return line;
    return `${indent}${key}: ${JSON.stringify(spanish(words.join(" ")))}`;
  });
  writeFileSync(path, lines.join("\n"));
}

test("the starter course is translated from nothing, and a trainee reads and plays it", async ({ page }) => {
  const work = join(temporary(), "course");
  amends("new", work, "--quiet");
  const settings = join(work, "site.yaml");
  writeFileSync(settings, readFileSync(settings, "utf8").replace("language: en", "languages: [en, es]"));
  amends("translate", "es", "--all", "--quiet", "--site", work);
  const lesson = join(work, "content/es/lessons/01-hear-first.md");
  expect(readFileSync(lesson, "utf8")).toContain("## Try it {#try-it}");
  // What is only begun is not shown, and nothing of it is a fault.
  const states = () => amends("translate", "es", "--site", work).trim().split("\n").map((line) => line.split(/ +/)[0]);
  expect(new Set(states())).toEqual(new Set(["begun"]));
  amends("check", "--site", work);

  const below = readdirSync(join(work, "content/es"), { recursive: true, encoding: "utf8" });
  const begun = below.filter((path) => /\.(yaml|md)$/.test(path)).map((path) => join(work, "content/es", path));
  begun.forEach(fill);
  for (const path of begun.filter((path) => path.endsWith(".md"))) {
    const [front, text] = readFileSync(path, "utf8").split("\n---\n");
    writeFileSync(path, `${front}\n---\n${text}\nTraducido.\n`);
  }
  // Words of the interface keep what is filled in, so only two are translated here.
  writeFileSync(join(work, "themes/default/strings/es.yaml"), "name: Español\nnav: { lessons: Lecciones }\n");
  expect(states()).toEqual([...begun.map(() => "done"), "begun"]);
  amends("check", "--site", work);

  const course = new Course(work, join(work, "public"));
  build(work, course.site);
  await page.goto(course.onDisk("lessons/hear-first/index.html"));
  const languages = page.locator("nav.languages a, nav.languages [aria-current]");
  await expect(languages).toHaveText(["English", "Español"]);
  await page.getByRole("link", { name: "Español" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("«Hear it first»");
  await expect(page.locator("#try-it")).toBeVisible();
  await expect(page.getByText("Traducido.")).toBeVisible();
  await page.getByRole("link", { name: "Lecciones" }).click();
  await page.goto(course.onDisk("es/scenarios/cold-dinner/index.html"));
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await page.locator("[data-do=start]").click();
  await page.locator(".stage .choice").first().click();
  await expect(page.locator(".stage .you .line")).toContainText("«");
  // The names of the skills come from the model, which ships in other languages only.
  await expect(page.locator(".stage .marks").first()).toContainText("«");
  rmSync(join(work, ".."), { recursive: true });
});
