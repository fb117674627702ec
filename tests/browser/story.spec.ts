// A scenario without the player: a story that can be read and clicked through.

import { practice, SCENARIO } from "./courses";
import { readerState, readToEnding } from "./reader";
import { expect, test, type Page } from "./site";

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("a reply links to every possible next node, each with its condition", async ({ page, url }) => {
    await page.goto(url(SCENARIO));
    const links = page.locator(".reply .on:has(li + li)").first();
    const texts = await links.locator("a").allTextContents();
    for (const text of texts.slice(0, -1)) expect(text).toMatch(/^If .+: go on$/);
    expect(texts.at(-1)).toBe("If not: go on");
  });

  test("a reply has coaching, as in the player", async ({ page, url }) => {
    await page.goto(url(SCENARIO));
    await page.getByRole("link", { name: "Start" }).click();
    await page.locator(".choice:visible").first().click();
    const coach = page.locator(".reply:visible .coach");
    await expect(coach.getByRole("heading", { level: 4 })).toHaveText(/^(Why|What) /);
    await expect(coach.locator(".marks li").first()).toBeVisible();
    await expect(coach.locator(".why > p").first()).not.toBeEmpty();
  });

  test("the whole story prints", async ({ page, url }) => {
    await page.goto(url(SCENARIO));
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".node:visible").count()).toBe(await page.locator(".node").count());
    expect(await page.locator(".why:visible").count()).toBe(await page.locator(".why").count());
  });

  test("a drill can be read as a story, too", async ({ page, url }) => {
    await page.goto(url(practice.lessonsWithDrills[0]!));
    const drill = page.locator(".drill").first();
    await expect(drill.locator(".node:visible")).toHaveCount(1);
    await drill.locator(".choice:visible").first().click();
    await expect(drill.locator(".reply:visible .coach")).toBeVisible();
  });
});

test.describe("where the engine cannot start", () => {
  const expectStory = async (page: Page) => {
    await expect(page.locator(".no-score")).toBeVisible();
    await expect(page.locator(".stage, .playing, main [data-do]")).toHaveCount(0);
    await readToEnding(page);
  };

  const forbidWasm = (page: Page) =>
    page.route("**/index.html", async (route) => {
      const html = await (await route.fetch()).text();
      await route.fulfill({ contentType: "text/html", body: html.replace(/ (&#39;|')wasm-unsafe-eval\1/, "") });
    });

  test("the story stays where a policy forbids WASM", async ({ page, url, expectFaults }) => {
    await forbidWasm(page);
    await page.goto(url(SCENARIO));
    await expectStory(page);
    expectFaults(/WebAssembly|wasm/i);
  });

  test("where a policy forbids WASM, the story opens at the moment that the address names", async ({ page, url, expectFaults }) => {
    await forbidWasm(page);
    const [, second] = [...practice.html(SCENARIO).matchAll(/<h3 class="moment" id="([^"]+)"/g)].map(([, id]) => id);
    await page.goto(`${url(SCENARIO)}#${second}`);
    await expect(page.locator(`#${second}`)).toBeFocused();
    await page.locator(".choice:visible").first().click();
    await expect.poll(() => readerState(page)).toMatchObject({ shown: 1, isFocused: true });
    await expect(page.locator(".stage, .playing")).toHaveCount(0);
    expectFaults(/WebAssembly|wasm/i);
  });

  test("the story stays where the graph cannot be read", async ({ page, url }) => {
    await page.route("**/talk.*.js", async (route) => {
      const script = await (await route.fetch()).text();
      const body = script.replace(/data-graph=\\"[^"]{12}/, 'data-graph=\\"AAAAAAAAAAAA');
      expect(body).not.toBe(script);
      await route.fulfill({ contentType: "text/javascript", body });
    });
    await page.goto(url(SCENARIO));
    await expectStory(page);
  });

  for (const script of ["player-en.*.js", "talk.*.js"]) {
    test(`the story stays where ${script} does not load`, async ({ page, url, expectFaults }) => {
      await page.route(`**/${script}`, (route) => route.abort());
      await page.goto(url(SCENARIO));
      await expectStory(page);
      expectFaults(/ERR_FAILED/);
    });
  }
});

test("a trainee who presses Start before the player has loaded plays as soon as it has", async ({ page, url }) => {
  let releaseScript = () => {};
  const released = new Promise<void>((resolve) => (releaseScript = resolve));
  await page.route("**/talk.*.js", async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(url(SCENARIO), { waitUntil: "commit" });
  // Waits until the first scripts have run.
  await expect(page.locator("template.words")).toBeAttached();
  await expect(page.locator(".tale")).toBeHidden();
  await page.getByRole("link", { name: "Start" }).click();
  await expect(page.getByText("Starting…")).toBeVisible();
  await expect(page.locator(".no-score")).toBeHidden();
  releaseScript();
  await expect(page.locator(".stage .choices")).toBeVisible();
  await expect(page.locator(".stage .moment")).toBeFocused();
  await expect(page.locator(".node:visible, .starting:visible")).toHaveCount(0);
  expect(page.url()).toBe(url(SCENARIO));
  // The moment scrolls to the top, as after any Start, and after a reload.
  const expectAtTop = async () => {
    const [bar, moment] = await Promise.all([".bar", ".stage .moment"].map((each) => page.locator(each).boundingBox()));
    expect(bar!.y).toBeLessThan(100);
    expect(moment!.y).toBeGreaterThanOrEqual(bar!.y + bar!.height);
    expect(moment!.y).toBeLessThan(240);
  };
  await expectAtTop();
  await page.reload();
  await expect(page.locator(".notice")).toBeAttached();
  await expectAtTop();
});

test("the story comes back some seconds after Start if the player does not load", async ({ page, url, expectFaults }) => {
  await page.route("**/player-en.*.js", (route) => route.abort());
  await page.goto(url(SCENARIO));
  await page.getByRole("link", { name: "Start" }).click();
  await expect(page.getByText("Starting…")).toBeVisible();
  await expect(page.locator(".no-score")).toBeVisible();
  await expect(page.locator(".node:visible .choice").first()).toBeVisible();
  expectFaults(/ERR_FAILED/);
});

test("the story comes back if the player fails during a play", async ({ page, open }) => {
  await open(SCENARIO, "practice");
  const parts = page.locator("template.parts");
  await parts.evaluateAll((all: HTMLTemplateElement[]) => all.forEach(({ content }) => content.replaceChildren()));
  await page.locator(".stage .choice").first().click();
  await expect(page.locator(".stage, .playing")).toHaveCount(0);
  await readToEnding(page);
});

test("the readable story is hidden once the player has started", async ({ page, open }) => {
  await open(SCENARIO);
  await expect(page.locator(".node:visible, .no-score:visible")).toHaveCount(0);
});
