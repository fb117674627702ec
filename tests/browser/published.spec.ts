// What a published site brings beside its lessons: links that hold, a site map, former addresses, a page for what is missing.

import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { LinkChecker } from "linkinator";
import { validateXML } from "xmllint-wasm";
import { amends, host, shipped, temporary } from "./made";
import { expect, test } from "./site";

const PATH = "/deep/down/course/";

/** A site that stands below PATH, and knows it; and one of renamed pages that knows nothing. */
let work: string;
let published: string;
let renamed: string;
let current: string;
let root: string;
let close: () => void;

test.beforeAll(async () => {
  work = temporary();
  ({ root, close } = await host(PATH, () => current));
  published = join(work, "published");
  amends("build", "--quiet", "--site", shipped, "--output", published, "--url", root);
  const site = join(work, "site");
  amends("new", "--quiet", site);
  const lesson = join(site, "content/lessons/01-hear-first.md");
  writeFileSync(lesson, readFileSync(lesson, "utf8").replace("---\n", "---\naliases: [old-name, part/old-name]\n"));
  renamed = join(work, "renamed");
  amends("build", "--quiet", "--site", site, "--output", renamed);
});
test.beforeEach(() => void (current = published));
test.afterAll(() => {
  close();
  rmSync(work, { recursive: true });
});

test("a second tool finds no link that leads nowhere, from the first page on", async () => {
  const checker = new LinkChecker();
  const { links } = await checker.check({
    path: `${root}index.html`,
    recurse: true,
    checkFragments: true,
    concurrency: 20,
    linksToSkip: [`^(?!${root})`],
  });
  const broken = links.filter(({ state }) => state === "BROKEN");
  expect(broken.map(({ url, parent, status }) => `${parent}: ${url} (${status})`)).toEqual([]);
  const seen = new Set(links.filter(({ state }) => state === "OK").map(({ url }) => url.replace(/#.*/, "")));
  const all = readdirSync(published, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith("index.html"));
  expect(all.filter((path) => !seen.has(root + path))).toEqual([]);
});

test("the second tool finds one that does", async () => {
  current = renamed;
  const page = join(renamed, "index.html");
  const whole = readFileSync(page, "utf8");
  writeFileSync(page, whole.replace("lessons/hear-first/index.html", "lessons/heard-first/index.html"));
  const { passed } = await new LinkChecker().check({ path: `${root}index.html`, linksToSkip: [`^(?!${root})`] });
  writeFileSync(page, whole);
  expect(passed).toBe(false);
});

test("the site map keeps to its schema, and each of its addresses is there", async () => {
  const map = readFileSync(join(published, "sitemap.xml"), "utf8");
  const schema = [readFileSync(resolve(__dirname, "../schemas/sitemap.xsd"), "utf8")];
  const validate = (contents: string) => validateXML({ xml: [{ fileName: "sitemap.xml", contents }], schema });
  expect((await validate(map)).errors).toEqual([]);
  expect((await validate(map.replace("<loc>", "<where>").replace("</loc>", "</where>"))).valid).toBe(false);
  const urls = [...map.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, url]) => url!);
  expect(urls.length).toBeGreaterThan(20);
  for (const url of urls) expect((await fetch(url)).status, url).toBe(200);
});

for (const scheme of ["light", "dark"] as const) {
  test.describe(`what is missing, ${scheme}`, () => {
    test.use({ colorScheme: scheme });

    test("is said at any depth, in the site's own look, with a way home", async ({ page, faults }) => {
      for (const lost of ["nothing", "lessons/nothing/", "a/b/c/d.html"]) {
        const answer = await page.goto(root + lost);
        expect(answer!.status()).toBe(404);
        await expect(page.getByRole("heading", { name: "This page is not here" })).toBeVisible();
        await expect(page.locator("body")).toHaveCSS("display", "grid");
        // The browser itself tells the console of the 404; nothing else may be there.
        expect(faults.filter((fault) => !fault.includes("404"))).toEqual([]);
        faults.length = 0;
        await page.getByRole("link", { name: "Go to the first page" }).click();
        await expect(page).toHaveURL(`${root}index.html`);
      }
    });
  });
}

test("where the address is not known, the page for what is missing leads nobody astray", async ({ page, faults }) => {
  current = renamed;
  await page.goto(`${root}a/b/c/`);
  await expect(page.locator("body")).toHaveCSS("display", "grid");
  await expect(page.locator("a")).toHaveCount(0);
  await page.goto(pathToFileURL(join(renamed, "404.html")).href);
  await expect(page.getByRole("heading", { name: "This page is not here" })).toBeVisible();
  // The browser's own word about the answer.
  expect(faults.filter((fault) => !fault.includes("404"))).toEqual([]);
  faults.length = 0;
});

test("a former address leads on, over http and from the disk", async ({ page }) => {
  current = renamed;
  for (const base of [root, `${pathToFileURL(renamed).href}/`]) {
    for (const old of ["lessons/old-name/index.html", "lessons/part/old-name/index.html"]) {
      await page.goto(base + old);
      await expect(page).toHaveURL(`${base}lessons/hear-first/index.html`);
      await expect(page.getByRole("heading", { level: 1, name: "Hear it first" })).toBeVisible();
    }
  }
});

test("the page of the whole course is a book on paper", async ({ page }) => {
  await page.goto(`${root}print/index.html`);
  const chapters = page.locator("article.chapter");
  expect(await chapters.count()).toBeGreaterThan(5);
  await expect(chapters.first().locator(".title")).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("nav.overview")).toBeVisible();
  await expect(page.locator(".top nav")).toBeHidden();
  await expect(chapters.nth(1)).toHaveCSS("break-before", "page");
});
