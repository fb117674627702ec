// Where there is no player, the page is a story that can be read and clicked through.

import { practice, TALK } from "./courses";
import { ready } from "./player";
import { at, walk } from "./reader";
import { expect, test, type Page } from "./site";

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("a reply offers every way on, each with its condition", async ({ page, url }) => {
    await page.goto(url(TALK));
    const ways = page.locator(".reply .on:has(li + li)").first();
    const texts = await ways.locator("a").allTextContents();
    for (const text of texts.slice(0, -1)) expect(text).toMatch(/^If .+: go on$/);
    expect(texts.at(-1)).toBe("If not: go on");
  });

  test("a reply is coached, as in the player", async ({ page, url }) => {
    await page.goto(url(TALK));
    await page.getByRole("link", { name: "Start" }).click();
    await page.locator(".choice:visible").first().click();
    const coach = page.locator(".reply:visible .coach");
    await expect(coach.getByRole("heading", { level: 4 })).toHaveText(/^(Why|What) /);
    await expect(coach.locator(".marks li").first()).toBeVisible();
    await expect(coach.locator(".why > p").first()).not.toBeEmpty();
  });

  test("all of it prints", async ({ page, url }) => {
    await page.goto(url(TALK));
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".node:visible").count()).toBe(await page.locator(".node").count());
    expect(await page.locator(".why:visible").count()).toBe(await page.locator(".why").count());
  });

  test("a drill is a story, too", async ({ page, url }) => {
    await page.goto(url(practice.drilled[0]!));
    const drill = page.locator(".drill").first();
    await expect(drill.locator(".node:visible")).toHaveCount(1);
    await drill.locator(".choice:visible").first().click();
    await expect(drill.locator(".reply:visible .coach")).toBeVisible();
  });
});

test.describe("where the engine cannot start", () => {
  const stays = async (page: Page) => {
    await expect(page.locator(".no-score")).toBeVisible();
    await expect(page.locator(".stage, .playing, main [data-do]")).toHaveCount(0);
    await walk(page);
  };

  const forbid = (page: Page) =>
    page.route("**/index.html", async (route) => {
      const html = await (await route.fetch()).text();
      await route.fulfill({ contentType: "text/html", body: html.replace(/ (&#39;|')wasm-unsafe-eval\1/, "") });
    });

  test("a policy that forbids WASM leaves the story", async ({ page, url, expectFaults }) => {
    await forbid(page);
    await page.goto(url(TALK));
    await stays(page);
    expectFaults(/WebAssembly|wasm/i);
  });

  test("and at the moment that the address names", async ({ page, url, expectFaults }) => {
    await forbid(page);
    const [, second] = [...practice.html(TALK).matchAll(/<h3 class="moment" id="([^"]+)"/g)].map(([, id]) => id);
    await page.goto(`${url(TALK)}#${second}`);
    await expect(page.locator(`#${second}`)).toBeFocused();
    await page.locator(".choice:visible").first().click();
    await expect.poll(() => at(page)).toMatchObject({ shown: 1, isFocused: true });
    await expect(page.locator(".stage, .playing")).toHaveCount(0);
    expectFaults(/WebAssembly|wasm/i);
  });

  test("a graph that is none leaves the story", async ({ page, url }) => {
    await page.route("**/talk.*.js", async (route) => {
      const script = await (await route.fetch()).text();
      const body = script.replace(/data-graph=\\"[^"]{12}/, 'data-graph=\\"AAAAAAAAAAAA');
      expect(body).not.toBe(script);
      await route.fulfill({ contentType: "text/javascript", body });
    });
    await page.goto(url(TALK));
    await stays(page);
  });

  for (const script of ["player-en.*.js", "talk.*.js"]) {
    test(`${script}, where it does not come, leaves the story`, async ({ page, url, expectFaults }) => {
      await page.route(`**/${script}`, (route) => route.abort());
      await page.goto(url(TALK));
      await stays(page);
      expectFaults(/ERR_FAILED/);
    });
  }
});

test("a trainee who starts before the player is there plays as soon as it is", async ({ page, url }) => {
  let come = () => {};
  const waited = new Promise<void>((done) => (come = done));
  await page.route("**/talk.*.js", async (route) => {
    await waited;
    await route.continue();
  });
  await page.goto(url(TALK), { waitUntil: "commit" });
  // The first scripts have run.
  await expect(page.locator("template.words")).toBeAttached();
  await expect(page.locator(".tale")).toBeHidden();
  await page.getByRole("link", { name: "Start" }).click();
  await expect(page.getByText("Starting…")).toBeVisible();
  await expect(page.locator(".no-score")).toBeHidden();
  come();
  await expect(page.locator(".stage .choices")).toBeVisible();
  await expect(page.locator(".stage .moment")).toBeFocused();
  await expect(page.locator(".node:visible, .starting:visible")).toHaveCount(0);
  expect(page.url()).toBe(url(TALK));
  // It comes to the top, as after any Start, and so it does where a reload goes on.
  const isAtTop = async () => {
    const [bar, moment] = await Promise.all([".bar", ".stage .moment"].map((each) => page.locator(each).boundingBox()));
    expect(bar!.y).toBeLessThan(100);
    expect(moment!.y).toBeGreaterThanOrEqual(bar!.y + bar!.height);
    expect(moment!.y).toBeLessThan(240);
  };
  await isAtTop();
  await page.reload();
  await expect(page.locator(".notice")).toBeAttached();
  await isAtTop();
});

test("a player that does not come leaves the story after some seconds", async ({ page, url, expectFaults }) => {
  await page.route("**/player-en.*.js", (route) => route.abort());
  await page.goto(url(TALK));
  await page.getByRole("link", { name: "Start" }).click();
  await expect(page.getByText("Starting…")).toBeVisible();
  await expect(page.locator(".no-score")).toBeVisible();
  await expect(page.locator(".node:visible .choice").first()).toBeVisible();
  expectFaults(/ERR_FAILED/);
});

test("a player that breaks on the way gives the story back", async ({ page, open }) => {
  await open(TALK, "practice");
  const parts = page.locator("template.parts");
  await parts.evaluateAll((all: HTMLTemplateElement[]) => all.forEach(({ content }) => content.replaceChildren()));
  await page.locator(".stage .choice").first().click();
  await expect(page.locator(".stage, .playing")).toHaveCount(0);
  await walk(page);
});

test("once the player has started, the readable story is gone", async ({ page, open }) => {
  await open(TALK);
  await expect(page.locator(".node:visible, .no-score:visible")).toHaveCount(0);
});
