// The home page and the brief of the course that ships: faces, the first moment on home, filters, progress and the bowl.

import { SCENARIO, shipped, slugOf } from "./courses";
import { expect, test } from "./site";
import { attempt, store } from "./stored";

test.use({ course: shipped });

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("a choice on the home page starts a practice, and a reload resumes it", async ({ page, url }) => {
    await page.goto(url("index.html"));
    const choices = page.locator(".taste .choice");
    const text = (await choices.first().textContent()) ?? "";
    expect((await choices.first().boundingBox())!.y).toBeLessThan(844);
    await choices.first().click();
    await expect(page.locator(".stage .you")).toHaveText(new RegExp(text.trim().slice(0, 20)));
    await expect(page.locator(".stage .answer").first()).toBeInViewport();
    await expect(page.locator("[data-do=retry]")).toBeVisible();
    expect(page.url()).not.toContain("#");
    await page.reload();
    await expect(page.locator(".stage .you")).toHaveCount(1);
    // Home then offers to continue instead.
    await page.goto(url("index.html"));
    await expect(page.locator(".taste")).toBeHidden();
    await expect(page.locator(".onward .go")).toHaveAttribute("href", /scenarios/);
  });

  test("face, goal and Start are on the first screen of every brief", async ({ page, url }) => {
    for (const path of shipped.scenarios) {
      await page.goto(url(path));
      const start = page.locator("[data-do=start]");
      await expect(start).toBeVisible();
      const { y, height } = (await start.boundingBox())!;
      expect(y + height, path).toBeLessThan(844);
      await expect(page.locator(".goal")).toBeInViewport();
    }
  });
});

test("the face in the bar is the one of the brief, which is then hidden", async ({ page, url }) => {
  await page.goto(url(SCENARIO));
  const source = await page.locator(".brief .plate img").getAttribute("src");
  await page.locator("[data-do=start]").click();
  const bar = page.locator(".bar .plate img").last();
  await expect(bar).toHaveAttribute("src", source!);
  await expect(page.locator(".brief .plate")).toBeHidden();
  const width = await bar.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth));
  expect(width).toBe(240);
});

test("scenarios can be filtered by channel, failure and difficulty", async ({ page, url }) => {
  await page.goto(url("index.html"));
  const cards = page.locator("#scenarios .card");
  const all = await cards.count();
  for (const [name, value] of [["channel", "phone"], ["failure", "late"], ["difficulty", "2"]] as const) {
    await page.reload();
    const matching = await page.locator(`#scenarios .card[data-${name}="${value}"]`).count();
    if (name === "channel") await page.getByLabel("Phone").check();
    else await page.locator(`.filters [name=${name}]`).selectOption(value);
    await expect(cards.locator("visible=true")).toHaveCount(matching);
    await expect(page.locator(".filters [role=status]")).toContainText(String(matching));
    expect(matching).toBeLessThan(all);
  }
});

test("a returning trainee sees what is passed, and a scenario suggested for the weakest skill", async ({ page, url }) => {
  await page.goto(url("index.html"));
  await store(page, { [`attempts:${slugOf(SCENARIO)}`]: [attempt(90, { skills: { listen: 90, apologize: 50 } })] });
  await page.reload();
  const all = await page.locator("#scenarios .card").count();
  await expect(page.locator("h1")).toHaveText(`One of ${all} is mended.`);
  await expect(page.locator(".seams .gold")).toHaveCount(1);
  await expect(page.locator(".why")).toContainText("Apologize");
  await expect(page.locator(".onward .go")).toContainText("Talk to");
  await expect(page.locator(".card.mended")).toHaveCount(1);
  await page.getByLabel("Not passed yet").check();
  await expect(page.locator("#scenarios .card").locator("visible=true")).toHaveCount(all - 1);
});

test.describe("with motion", () => {
  test.use({ contextOptions: { reducedMotion: "no-preference" } });

  test("the bowl draws a new seam once for each scenario passed since the last visit", async ({ page, url }) => {
    await page.addInitScript(() => {
      const { animate } = Element.prototype;
      Object.assign(window, { drawn: 0 });
      Element.prototype.animate = function (keyframes, options) {
        if (this.matches(".seams > .gold")) (window as unknown as { drawn: number }).drawn++;
        return animate.call(this, keyframes, options);
      };
    });
    const slugs = await page.goto(url("index.html")).then(() => page.locator(".card[data-slug]").evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset["slug"]!)));
    const pass = (slug: string) => store(page, { [`attempts:${slug}`]: [attempt(90)] });
    const drawnSeams = async () => {
      await page.reload();
      await expect(page.locator(".again .bowl")).toBeVisible();
      return page.evaluate(() => (window as unknown as { drawn: number }).drawn);
    };
    for (const slug of slugs.slice(0, 2)) {
      await pass(slug);
      expect(await drawnSeams()).toBe(1);
      expect(await drawnSeams()).toBe(0);
    }
    // The last one makes all seams animate.
    for (const slug of slugs) await pass(slug);
    expect(await drawnSeams()).toBe(await page.locator(".seams .gold").count());
    expect(await drawnSeams()).toBe(0);
  });
});

test("your lines in a dialogue have a cracked edge only if the dialogue ends in anger", async ({ page, url }) => {
  await page.goto(url(shipped.lessons.find((path) => path.includes("apology"))!));
  const [good, bad] = await page.locator(".dialogue").all();
  await expect(good!.locator(".plate img").last()).toHaveAttribute("src", /#settled$/);
  await expect(bad!.locator(".plate img").last()).toHaveAttribute("src", /#furious$/);
  const edge = (dialogue: typeof good) => dialogue!.locator(".you .bubble").first().evaluate((each) => getComputedStyle(each).borderInlineEndWidth);
  expect([await edge(good), await edge(bad)]).toEqual(["1px", "3px"]);
});

test("no portrait is loaded where the browser saves data", async ({ page, url }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
  const fetched: string[] = [];
  page.on("request", (request) => request.url().includes("/portraits/") && fetched.push(request.url()));
  for (const path of ["index.html", shipped.lessons.find((path) => path.includes("apology"))!, SCENARIO]) await page.goto(url(path), { waitUntil: "networkidle" });
  await page.locator("[data-do=start]").click();
  await expect(page.locator(".bar .face")).toBeVisible();
  expect(fetched).toEqual([]);
});

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("home shows a face, and a choice leads to its reply", async ({ page, url }) => {
    await page.goto(url("index.html"));
    await expect(page.locator(".taste .plate img")).toBeVisible();
    await expect(page.locator(".filters, .again")).toHaveCount(2);
    await expect(page.locator(".filters, .again").locator("visible=true")).toHaveCount(0);
    await page.locator(".taste .choice").first().click();
    await expect(page.locator(".reply:visible .answer")).toBeVisible();
  });
});
