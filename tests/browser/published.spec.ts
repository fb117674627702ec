// A published site: working links, the site map, caching, the page for missing addresses, redirects and the print page.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { LinkChecker } from "linkinator";
import { validateXML } from "xmllint-wasm";
import { Course, languages, shipped } from "./courses";
import { host } from "./host";
import { expectFits } from "./layout";
import { amends, build, repository, temporary } from "./program";
import { expect, test } from "./site";

let work: string;
/** The course that ships, and one in several languages, each built with `--url`. */
let published: Course;
let multilingual: string;
/** A course with a renamed lesson, built without `--url`. */
let renamed: string;
/** The site that is served at `root`. */
let current: string;
let root: string;
let close: () => void;

test.beforeAll(async () => {
  work = temporary();
  ({ root, close } = await host(() => current));
  published = new Course(shipped.source, join(work, "published"));
  build(published.source, published.site, "--url", root);
  multilingual = join(work, "multilingual");
  build(languages.source, multilingual, "--url", root);
  const site = join(work, "site");
  amends("new", "--quiet", site);
  const lesson = join(site, "content/lessons/01-hear-first.md");
  writeFileSync(lesson, readFileSync(lesson, "utf8").replace("---\n", "---\naliases: [old-name, part/old-name]\n"));
  renamed = join(work, "renamed");
  build(site, renamed);
});
test.beforeEach(() => void (current = published.site));
test.afterAll(() => {
  close();
  rmSync(work, { recursive: true });
});

test("linkinator finds no broken link, and reaches every page from the first one", async () => {
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
  const reached = new Set(links.filter(({ state }) => state === "OK").map(({ url }) => url.replace(/#.*/, "")));
  const all = published.pages.filter((path) => path.endsWith("index.html"));
  expect(all.filter((path) => !reached.has(root + path))).toEqual([]);
});

test("linkinator finds a link that is broken on purpose", async () => {
  current = renamed;
  const page = join(renamed, "index.html");
  const original = readFileSync(page, "utf8");
  writeFileSync(page, original.replace("lessons/hear-first/index.html", "lessons/heard-first/index.html"));
  const { passed } = await new LinkChecker().check({ path: `${root}index.html`, linksToSkip: [`^(?!${root})`] });
  writeFileSync(page, original);
  expect(passed).toBe(false);
});

test("the site map is valid, and each of its addresses exists", async () => {
  const map = published.html("sitemap.xml");
  // The schema of sitemaps.org, from the npm package `sitemap`.
  const schema = [readFileSync(join(repository, "node_modules/sitemap/schema/sitemap.xsd"), "utf8")];
  const validate = (contents: string) => validateXML({ xml: [{ fileName: "sitemap.xml", contents }], schema });
  expect((await validate(map)).errors).toEqual([]);
  expect((await validate(map.replace("<loc>", "<where>").replace("</loc>", "</where>"))).valid).toBe(false);
  const urls = [...map.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, url]) => url!);
  expect(urls.length).toBeGreaterThan(published.lessons.length + published.scenarios.length);
  for (const url of urls) expect((await fetch(url)).status, url).toBe(200);
});

test("in several languages, the site map lists each page, and each page links to its existing translations", async ({ page }) => {
  current = multilingual;
  const map = readFileSync(join(multilingual, "sitemap.xml"), "utf8");
  const urls = [...map.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, url]) => url!);
  for (const path of ["", "de/", "ar/", "lessons/hear-first/", "de/lessons/hear-first/", "ar/scenarios/late-parcel/"]) expect(urls).toContain(root + path);
  for (const url of urls) {
    await page.goto(url);
    await expect(page.locator("link[rel=canonical]")).toHaveAttribute("href", url);
    const others = await page.locator("link[hreflang]").evaluateAll((links) => links.map((link) => (link as HTMLLinkElement).href));
    expect(others.length === 0 || others.includes(url), url).toBe(true);
    for (const other of others) expect(urls).toContain(other);
  }
  // Only translated pages are listed: the second lesson exists only in English.
  expect(urls).toContain(`${root}lessons/own-it/`);
  expect(urls).not.toContain(`${root}de/lessons/own-it/`);
});

test("the page for a missing address leads home in a course with several languages, too", async ({ page, expectFaults }) => {
  current = multilingual;
  for (const missing of ["de/nothing/", "ar/lessons/a/b/c.html"]) {
    expect((await page.goto(root + missing))!.status()).toBe(404);
    await expect(page.locator("body")).toHaveCSS("display", "grid");
    await page.getByRole("link", { name: "Go to the home page" }).click();
    await expect(page).toHaveURL(`${root}index.html`);
  }
  expectFaults(/404/);
});

test("a browser that caches files forever shows a new version completely", async ({ page }) => {
  const site = join(work, "restyled");
  amends("new", "--quiet", site);
  const [before, after] = [join(work, "before"), join(work, "after")];
  build(site, before);
  mkdirSync(join(site, "themes/default/static"), { recursive: true });
  const style = readFileSync(join(repository, "themes/default/static/theme.css"), "utf8");
  writeFileSync(join(site, "themes/default/static/theme.css"), `${style}\nbody { background: rgb(1, 2, 3); }\n`);
  build(site, after);
  // Serves files with the caching rules of `_headers`, like hosts that read that file.
  const rules = (folder: string) => readFileSync(join(folder, "_headers"), "utf8");
  const requested: string[] = [];
  await page.route(`${root}static/**`, async (route) => {
    const path = `/${route.request().url().slice(root.length)}`;
    requested.push(path);
    expect(rules(current)).toContain(`${path}\n  Cache-Control: public, max-age=31536000, immutable`);
    await route.fulfill({ response: await route.fetch(), headers: { "cache-control": "public, max-age=31536000, immutable", "content-type": path.endsWith("css") ? "text/css" : "text/javascript" } });
  });
  current = before;
  await page.goto(`${root}index.html`);
  await expect(page.locator("body")).not.toHaveCSS("background-color", "rgb(1, 2, 3)");
  const first = requested.filter((path) => path.includes("theme."));
  current = after;
  await page.goto(`${root}index.html`);
  await expect(page.locator("body")).toHaveCSS("background-color", "rgb(1, 2, 3)");
  const all = requested.filter((path) => path.includes("theme."));
  expect(all.length).toBe(2);
  expect(all[1]).not.toBe(first[0]);
});

for (const scheme of ["light", "dark"] as const) {
  test.describe(`the page for a missing address, ${scheme}`, () => {
    test.use({ colorScheme: scheme });

    test("appears at any depth, in the site's own theme, with a link home", async ({ page, expectFaults }) => {
      for (const missing of ["nothing", "lessons/nothing/", "a/b/c/d.html"]) {
        const response = await page.goto(root + missing);
        expect(response!.status()).toBe(404);
        await expect(page.getByRole("heading", { name: "This page is not here" })).toBeVisible();
        await expect(page.locator("body")).toHaveCSS("display", "grid");
        expectFaults(/404/);
        await page.getByRole("link", { name: "Go to the home page" }).click();
        await expect(page).toHaveURL(`${root}index.html`);
      }
    });
  });
}

test("in a course built without its URL, the page for a missing address finds the course, and links to home, scenarios and search", async ({ page, expectFaults }) => {
  current = renamed;
  for (const [name, path] of [["Go to the home page", "index.html"], ["Conversations", "index.html#scenarios"], ["Search", "search/index.html"]] as const) {
    await page.goto(`${root}a/b/c/`);
    await expect(page.locator("body")).toHaveCSS("display", "grid");
    await expectFits(page);
    await page.getByRole("link", { name }).click();
    await expect(page).toHaveURL(root + path);
  }
  await page.goto(pathToFileURL(join(renamed, "404.html")).href);
  await expect(page.getByRole("heading", { name: "This page is not here" })).toBeVisible();
  await expect(page.getByRole("link")).toHaveCount(0);
  expectFaults(/404/);
});

test("a former address redirects, over HTTP and from disk", async ({ page }) => {
  current = renamed;
  for (const base of [root, `${pathToFileURL(renamed).href}/`]) {
    for (const old of ["lessons/old-name/index.html", "lessons/part/old-name/index.html"]) {
      await page.goto(base + old);
      await expect(page).toHaveURL(`${base}lessons/hear-first/index.html`);
      await expect(page.getByRole("heading", { level: 1, name: "Hear it first" })).toBeVisible();
    }
  }
});

test("the page with the whole course prints as a book", async ({ page }) => {
  await page.goto(`${root}print/index.html`);
  const chapters = page.locator("article.chapter");
  expect(await chapters.count()).toBeGreaterThan(5);
  await expect(chapters.first().locator(".title")).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("nav.overview")).toBeVisible();
  await expect(page.locator(".top nav")).toBeHidden();
  await expect(chapters.nth(1)).toHaveCSS("break-before", "page");
});
