// What a published site brings beside its lessons: links that hold, a site map, former addresses, a page for what is missing.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { LinkChecker } from "linkinator";
import { validateXML } from "xmllint-wasm";
import { Course, languages, shipped } from "./courses";
import { host } from "./host";
import { fits } from "./layout";
import { amends, build, repository, temporary } from "./program";
import { expect, test } from "./site";

/** Sites that know their address; and one of renamed pages that knows nothing. */
let work: string;
let published: Course;
let spoken: string;
let renamed: string;
let current: string;
let root: string;
let close: () => void;

test.beforeAll(async () => {
  work = temporary();
  ({ root, close } = await host(() => current));
  published = new Course(shipped.source, join(work, "published"));
  build(published.source, published.site, "--url", root);
  spoken = join(work, "spoken");
  build(languages.source, spoken, "--url", root);
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
  const all = published.pages.filter((path) => path.endsWith("index.html"));
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
  const map = published.html("sitemap.xml");
  // That of sitemaps.org itself, as the package brings it.
  const schema = [readFileSync(join(repository, "node_modules/sitemap/schema/sitemap.xsd"), "utf8")];
  const validate = (contents: string) => validateXML({ xml: [{ fileName: "sitemap.xml", contents }], schema });
  expect((await validate(map)).errors).toEqual([]);
  expect((await validate(map.replace("<loc>", "<where>").replace("</loc>", "</where>"))).valid).toBe(false);
  const urls = [...map.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, url]) => url!);
  expect(urls.length).toBeGreaterThan(published.lessons.length + published.scenarios.length);
  for (const url of urls) expect((await fetch(url)).status, url).toBe(200);
});

test("in several languages each page is on the map, and names its others by addresses that are there", async ({ page }) => {
  current = spoken;
  const map = readFileSync(join(spoken, "sitemap.xml"), "utf8");
  const urls = [...map.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, url]) => url!);
  for (const path of ["", "de/", "ar/", "lessons/hear-first/", "de/lessons/hear-first/", "ar/scenarios/late-parcel/"]) expect(urls).toContain(root + path);
  for (const url of urls) {
    await page.goto(url);
    await expect(page.locator("link[rel=canonical]")).toHaveAttribute("href", url);
    const others = await page.locator("link[hreflang]").evaluateAll((links) => links.map((link) => (link as HTMLLinkElement).href));
    expect(others.length === 0 || others.includes(url), url).toBe(true);
    for (const other of others) expect(urls).toContain(other);
  }
  // Nothing but what was translated: the second lesson is in English alone.
  expect(urls).toContain(`${root}lessons/own-it/`);
  expect(urls).not.toContain(`${root}de/lessons/own-it/`);
});

test("in several languages, too, what is missing has a way home", async ({ page, expectFaults }) => {
  current = spoken;
  for (const lost of ["de/nothing/", "ar/lessons/a/b/c.html"]) {
    expect((await page.goto(root + lost))!.status()).toBe(404);
    await expect(page.locator("body")).toHaveCSS("display", "grid");
    await page.getByRole("link", { name: "Go to the home page" }).click();
    await expect(page).toHaveURL(`${root}index.html`);
  }
  expectFaults(/404/);
});

test("a browser that keeps files for ever shows a new version as it is, and never half of the old one", async ({ page }) => {
  const site = join(work, "restyled");
  amends("new", "--quiet", site);
  const [before, after] = [join(work, "before"), join(work, "after")];
  build(site, before);
  mkdirSync(join(site, "themes/default/static"), { recursive: true });
  const style = readFileSync(join(repository, "themes/default/static/theme.css"), "utf8");
  writeFileSync(join(site, "themes/default/static/theme.css"), `${style}\nbody { background: rgb(1, 2, 3); }\n`);
  build(site, after);
  // As hosts do that read the file, with its rules.
  const rules = (folder: string) => readFileSync(join(folder, "_headers"), "utf8");
  const asked: string[] = [];
  await page.route(`${root}static/**`, async (route) => {
    const path = `/${route.request().url().slice(root.length)}`;
    asked.push(path);
    expect(rules(current)).toContain(`${path}\n  Cache-Control: public, max-age=31536000, immutable`);
    await route.fulfill({ response: await route.fetch(), headers: { "cache-control": "public, max-age=31536000, immutable", "content-type": path.endsWith("css") ? "text/css" : "text/javascript" } });
  });
  current = before;
  await page.goto(`${root}index.html`);
  await expect(page.locator("body")).not.toHaveCSS("background-color", "rgb(1, 2, 3)");
  const first = asked.filter((path) => path.includes("theme."));
  current = after;
  await page.goto(`${root}index.html`);
  await expect(page.locator("body")).toHaveCSS("background-color", "rgb(1, 2, 3)");
  const all = asked.filter((path) => path.includes("theme."));
  expect(all.length).toBe(2);
  expect(all[1]).not.toBe(first[0]);
});

for (const scheme of ["light", "dark"] as const) {
  test.describe(`what is missing, ${scheme}`, () => {
    test.use({ colorScheme: scheme });

    test("is said at any depth, in the site's own look, with a way home", async ({ page, expectFaults }) => {
      for (const lost of ["nothing", "lessons/nothing/", "a/b/c/d.html"]) {
        const answer = await page.goto(root + lost);
        expect(answer!.status()).toBe(404);
        await expect(page.getByRole("heading", { name: "This page is not here" })).toBeVisible();
        await expect(page.locator("body")).toHaveCSS("display", "grid");
        expectFaults(/404/);
        await page.getByRole("link", { name: "Go to the home page" }).click();
        await expect(page).toHaveURL(`${root}index.html`);
      }
    });
  });
}

test("where the address is not known, the page for what is missing looks for the course, and leads home, to conversations and to the search", async ({ page, expectFaults }) => {
  current = renamed;
  for (const [name, path] of [["Go to the home page", "index.html"], ["Conversations", "index.html#scenarios"], ["Search", "search/index.html"]] as const) {
    await page.goto(`${root}a/b/c/`);
    await expect(page.locator("body")).toHaveCSS("display", "grid");
    await fits(page);
    await page.getByRole("link", { name }).click();
    await expect(page).toHaveURL(root + path);
  }
  await page.goto(pathToFileURL(join(renamed, "404.html")).href);
  await expect(page.getByRole("heading", { name: "This page is not here" })).toBeVisible();
  await expect(page.getByRole("link")).toHaveCount(0);
  expectFaults(/404/);
});

test("a former address redirects, over http and from the disk", async ({ page }) => {
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
