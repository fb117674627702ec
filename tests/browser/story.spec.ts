// Where there is no player, the page is a story that can be read and clicked through.

import { begin, ready } from "./player";
import { expect, lessons, onDisk, scenarios, source, test, type Page } from "./site";

const [path] = scenarios as [string];

/** Where the reader is: how many sections show, whether the one place has focus, and how many ways lead on from it. */
const at = (page: Page) =>
  page.evaluate(() => {
    const shown = [...document.querySelectorAll(".node")].filter((node) => node.checkVisibility());
    // The choice that was taken stays, as what was said; the ways on are those that follow it.
    const ways = [...(shown[0]?.querySelectorAll<HTMLElement>(".choice, .on a") ?? [])];
    const on = ways.filter((way) => way.checkVisibility() && !way.matches(":has(+ .reply :target)"));
    return {
      shown: shown.length,
      isFocused: document.activeElement?.matches(".node :target") ?? false,
      isEnd: shown[0]?.matches(".ending") ?? false,
      ways: on.length,
    };
  });

/** Goes from the start to an ending, one section at a time: as a reader clicks, or as fast as the page goes. */
async function walk(page: Page, isFast = false): Promise<void> {
  expect((await at(page)).shown).toBe(0);
  await page.getByRole("link", { name: "Start" }).click();
  for (let step = 0; step < 60; step++) {
    await expect.poll(async () => (await at(page)).isFocused).toBe(true);
    const { shown, isEnd, ways } = await at(page);
    expect(shown).toBe(1);
    if (isEnd) return;
    expect(ways).toBeGreaterThan(0);
    const way = page.locator(".node :is(.choice:not(:has(+ .reply :target)), .on a)").filter({ visible: true }).nth(step % ways);
    if (isFast) await way.evaluate((link) => (link as HTMLElement).click());
    else await way.click();
  }
  throw new Error("no ending was reached");
}

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  for (const [place, path] of scenarios.entries()) {
    test(`${path}: is a story to the end, and says why it has no score`, async ({ page, url }) => {
      await page.goto(url(path));
      await expect(page.locator(".no-score")).toBeVisible();
      await walk(page, place > 0);
      await page.goto(onDisk(path));
      await walk(page, place > 0);
    });
  }

  test("a reply offers every way on, each with its condition", async ({ page, url }) => {
    await page.goto(url(path));
    const ways = page.locator(".reply .on:has(li + li)").first();
    const texts = await ways.locator("a").allTextContents();
    for (const text of texts.slice(0, -1)) expect(text).toMatch(/^If .+: go on$/);
    expect(texts.at(-1)).toBe("If not: go on");
  });

  test("a reply is coached, as in the player", async ({ page, url }) => {
    await page.goto(url(path));
    await page.getByRole("link", { name: "Start" }).click();
    await page.locator(".choice:visible").first().click();
    const coach = page.locator(".reply:visible .coach");
    await expect(coach.getByRole("heading", { level: 4 })).toHaveText(/^(Why|What) /);
    await expect(coach.locator(".marks li").first()).toBeVisible();
    await expect(coach.locator(".why > p").first()).not.toBeEmpty();
  });

  test("all of it prints", async ({ page, url }) => {
    await page.goto(url(path));
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".node:visible").count()).toBe(await page.locator(".node").count());
    expect(await page.locator(".why:visible").count()).toBe(await page.locator(".why").count());
  });

  test("a drill is a story, too", async ({ page, url }) => {
    const lesson = lessons.find((path) => source(path).includes('class="story drill"'))!;
    await page.goto(url(lesson));
    const drill = page.locator(".drill").first();
    await expect(drill.locator(".node:visible")).toHaveCount(1);
    await drill.locator(".choice:visible").first().click();
    await expect(drill.locator(".reply:visible .coach")).toBeVisible();
  });
});

test.describe("where the engine cannot start", () => {
  const stays = async (page: Page) => {
    await expect(page.locator(".no-score")).toBeVisible();
    await expect(page.locator(".stage, .playing, [data-do]")).toHaveCount(0);
    await walk(page);
  };

  const forbid = (page: Page) =>
    page.route("**/index.html", async (route) => {
      const html = await (await route.fetch()).text();
      await route.fulfill({ contentType: "text/html", body: html.replace(/ (&#39;|')wasm-unsafe-eval\1/, "") });
    });
  const isRefused = (faults: string[]) => {
    // The browser itself says that it refused.
    expect(faults.every((fault) => /WebAssembly|wasm/i.test(fault))).toBe(true);
    faults.length = 0;
  };

  test("a policy that forbids WASM leaves the story", async ({ page, url, faults }) => {
    await forbid(page);
    await page.goto(url(path));
    await stays(page);
    isRefused(faults);
  });

  test("and at the moment that the address names", async ({ page, url, faults }) => {
    await forbid(page);
    const [, second] = [...source(path).matchAll(/<h3 class="moment" id="([^"]+)"/g)].map(([, id]) => id);
    await page.goto(`${url(path)}#${second}`);
    await expect(page.locator(`#${second}`)).toBeFocused();
    await page.locator(".choice:visible").first().click();
    await expect.poll(() => at(page)).toMatchObject({ shown: 1, isFocused: true });
    await expect(page.locator(".stage, .playing")).toHaveCount(0);
    isRefused(faults);
  });

  test("a graph that is none leaves the story", async ({ page, url }) => {
    await page.route("**/talk.*.js", async (route) => {
      const script = await (await route.fetch()).text();
      const body = script.replace(/data-graph=\\"[^"]{12}/, 'data-graph=\\"AAAAAAAAAAAA');
      expect(body).not.toBe(script);
      await route.fulfill({ contentType: "text/javascript", body });
    });
    await page.goto(url(path));
    await stays(page);
  });

  for (const script of ["player-en.*.js", "talk.*.js"]) {
    test(`${script}, where it does not come, leaves the story`, async ({ page, url, faults }) => {
      await page.route(`**/${script}`, (route) => route.abort());
      await page.goto(url(path));
      await stays(page);
      expect(faults.every((fault) => fault.includes("ERR_FAILED"))).toBe(true);
      faults.length = 0;
    });
  }
});

test("who starts before the player is there reads, until it is", async ({ page, url }) => {
  let come = () => {};
  const waited = new Promise<void>((done) => (come = done));
  await page.route("**/talk.*.js", async (route) => {
    await waited;
    await route.continue();
  });
  await page.goto(url(path), { waitUntil: "commit" });
  // The first scripts have run.
  await expect(page.locator("template.words")).toBeAttached();
  await expect(page.locator(".tale")).toBeHidden();
  await page.getByRole("link", { name: "Start" }).click();
  await expect.poll(() => at(page)).toMatchObject({ shown: 1, isFocused: true });
  come();
  await ready(page);
  await expect(page.locator(".node:visible")).toHaveCount(0);
});

test("a player that breaks on the way gives the story back", async ({ page, url }) => {
  await page.goto(url(path));
  await ready(page);
  await begin(page, "practice");
  const parts = page.locator("template.parts");
  await parts.evaluateAll((all: HTMLTemplateElement[]) => all.forEach(({ content }) => content.replaceChildren()));
  await page.locator(".stage .choice").first().click();
  await expect(page.locator(".stage, .playing")).toHaveCount(0);
  await walk(page);
});

test("once the player has started, the readable story is gone", async ({ page, url }) => {
  await page.goto(url(path));
  await ready(page);
  await expect(page.locator(".node:visible, .no-score:visible")).toHaveCount(0);
});
