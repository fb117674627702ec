// The search: over http on a sub-path, from the disk, by keyboard alone, with marks, and without a word of what is to come.

import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { words } from "../../scenario-wasm/page/search-words";
import { clean } from "./axe";
import { Course, practice } from "./courses";
import { host } from "./host";
import { build, repository, temporary } from "./program";
import { expect, test, type Page } from "./site";

const finds = (page: Page) => page.locator(".finds li");

async function ask(page: Page, question: string, found: RegExp): Promise<void> {
  await page.getByRole("searchbox").fill(question);
  await expect(page.getByRole("status")).toHaveText(found);
}

for (const from of ["a sub-path", "the disk"]) {
  test(`finds a form of a word that stands in no text, on ${from}, and leads to its place`, async ({ page, url }) => {
    await page.goto(from === "the disk" ? practice.onDisk("search/index.html") : url("search/index.html"));
    await expect(page.locator(".no-search")).toHaveCount(0);
    await ask(page, "apologising", /found|best/i);
    await expect(finds(page).first().locator("mark").first()).toHaveText(/apolog/i);
    const link = finds(page).first().getByRole("link");
    const title = (await link.locator(".of").textContent())!;
    await link.click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    await page.goBack();
    await expect(page.getByRole("searchbox")).toBeVisible();
  });
}

test("a question of several words finds the place that has them all, whatever marks and capitals it has", async ({ page, url }) => {
  await page.goto(url("search/index.html"));
  await ask(page, "LISTEN finïshed", /found|best/i);
  await expect(finds(page).first().locator(".of")).toContainText("Listen until they have finished");
  await ask(page, "xyzzyplugh", /Nothing/);
  await expect(finds(page)).toHaveCount(0);
  await page.getByRole("searchbox").fill("");
  await expect(page.getByRole("status")).toHaveText("");
});

test("the beginning of a word is enough, and the address keeps the question", async ({ page, url }) => {
  await page.goto(url("search/index.html"));
  await ask(page, "apol", /found|best/i);
  expect(new URL(page.url()).searchParams.get("q")).toBe("apol");
  const first = await finds(page).first().textContent();
  await page.reload();
  await expect(page.getByRole("searchbox")).toHaveValue("apol");
  await expect(finds(page).first()).toHaveText(first!);
});

test("is used by keyboard alone, from the key that opens it to the page that was found", async ({ page, url }) => {
  await page.goto(url("index.html"));
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  // In one step, so that no earlier answer can come in between; then the key that would open the search.
  await page.keyboard.insertText("listen");
  await expect(finds(page)).not.toHaveCount(0);
  const before = await finds(page).first().elementHandle();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toHaveValue("listen/");
  await expect.poll(() => before!.evaluate((row) => row.isConnected)).toBe(false);
  await page.keyboard.press("ArrowDown");
  await expect(finds(page).nth(0).getByRole("link")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(finds(page).nth(1).getByRole("link")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("searchbox")).toBeFocused();
  const title = (await finds(page).first().locator(".of").textContent())!;
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
});

test("a page with results has no barrier, and asks nothing of anybody else", async ({ page, url }) => {
  await page.goto(`${url("search/index.html")}?q=listen`);
  await expect(finds(page)).not.toHaveCount(0);
  await clean(page);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
});

test.describe("without a network", () => {
  test.use({ serviceWorkers: "allow" });

  test("finds in what was kept after the first visit", async ({ page, context, url }) => {
    await page.goto(url("index.html"));
    await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
    await context.setOffline(true);
    await page.goto(url("search/index.html"));
    await ask(page, "apologising", /found|best/i);
    await expect(finds(page).first().locator("mark").first()).toHaveText(/apolog/i);
    const title = (await finds(page).first().locator(".of").textContent())!;
    await finds(page).first().getByRole("link").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  });
});

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("the page says why there is no search, and where to look", async ({ page, url }) => {
    await page.goto(url("search/index.html"));
    await expect(page.getByRole("searchbox")).toHaveCount(0);
    await page.locator(".no-search").getByRole("link").click();
    await expect(page).toHaveURL(url("index.html"));
  });
});

test("texts are cut as the build cuts them", () => {
  const cases = JSON.parse(readFileSync(join(repository, "tests/search/words.json"), "utf8")) as [string, string][];
  for (const [text, cut] of cases) expect(words(text).join(" "), text).toBe(cut);
});

test.describe("a course in scripts without blanks, and in letters that have more than one form", () => {
  let work: string;
  let course: Course;
  // Each says twice that a firm is sorry, in other words: a stretch must be found in its own place, beside one that is like it.
  const texts: Record<string, [string, string]> = {
    Thai: ["ขออภัยในความล่าช้า เราจะโทรกลับภายในวันนี้", "เราเข้าใจว่าคุณรอมานานแล้ว น้ำเสียงของคุณสำคัญ"],
    Lao: ["ຂໍອະໄພທີ່ພວກເຮົາມາຊ້າ ພວກເຮົາຈະໂທກັບມື້ນີ້", "ພວກເຮົາເຂົ້າໃຈວ່າທ່ານລໍຖ້າມາດົນແລ້ວ"],
    Khmer: ["សូមអភ័យទោសចំពោះការយឺតយ៉ាវ\u200bយើងនឹងទូរស័ព្ទទៅវិញថ្ងៃនេះ", "យើងយល់ថាអ្នកបានរង់ចាំយូរហើយ"],
    Burmese: ["နောက်ကျသွားတဲ့အတွက် တောင်းပန်ပါတယ်။ ဒီနေ့ပြန်ဖုန်းဆက်ပါမယ်။", "သင်စောင့်နေရတာကြာပြီဆိုတာ နားလည်ပါတယ်။"],
    Chinese: ["很抱歉让您久等了，我们今天会给您回电话。", "国家和家庭都知道您等了很久，我们非常理解。"],
    Japanese: ["お待たせして申し訳ございません。本日中に折り返しお電話いたします。", "ガスの点検が遅れたことをおわびします。"],
  };

  test.beforeAll(() => {
    work = temporary();
    course = new Course(work, join(work, "public"));
    mkdirSync(join(work, "content/lessons"), { recursive: true });
    writeFileSync(join(work, "site.yaml"), "title: Scripts\nid: scripts\nlints: off\n");
    const lesson = (name: string, title: string, text: string) =>
      writeFileSync(join(work, `content/lessons/${name}.md`), `---\ntitle: ${title}\n---\n\n${text}\n`);
    for (const [script, both] of Object.entries(texts)) both.forEach((text, at) => lesson(`${script.toLowerCase()}-${at}`, `${script} ${at}`, text));
    lesson("letters", "Letters", "STRASSE ΟΔΟΣ ISPARTA Be\u00adschwer\u00adde cafe\u0301 zero\u200bwidth");
    lesson("apart", "Apart", "国有家");
    build(work, course.site);
  });
  test.afterAll(() => rmSync(work, { recursive: true }));

  for (const [script, both] of Object.entries(texts)) {
    test(`finds every stretch of three letters of a ${script} text`, async ({ page }) => {
      await page.goto(course.onDisk("search/index.html"));
      await ask(page, "straße", /found/i);
      for (const [at, text] of both.entries()) {
        const runs = text.match(/[\p{L}\p{M}\u200b]+/gu)!.map((run) => [...run]);
        const stretches = runs.flatMap((run) => run.slice(2).map((_, from) => run.slice(from, from + 3).join("")));
        expect(stretches.length).toBeGreaterThan(10);
        const lost = await page.evaluate(
          async ({ stretches, title }) => {
            const input = document.querySelector<HTMLInputElement>(".seek input")!;
            const lost: string[] = [];
            for (const stretch of stretches) {
              document.querySelector(".finds")!.replaceChildren();
              input.value = stretch;
              input.dispatchEvent(new Event("input"));
              const titles = () => [...document.querySelectorAll(".finds .of")].map((each) => each.textContent);
              for (let turns = 0; turns < 50 && titles().length === 0; turns++) await new Promise((done) => setTimeout(done));
              if (!titles().includes(title) || !document.querySelector(".finds mark")) lost.push(stretch);
            }
            return lost;
          },
          { stretches, title: `${script} ${at}` },
        );
        expect(lost).toEqual([]);
      }
    });
  }

  test("finds a word whatever its case, and past signs that nobody sees", async ({ page }) => {
    await page.goto(course.onDisk("search/index.html"));
    for (const question of ["straße", "Οδός", "ısparta", "beschwerde", "CAFÉ", "zerowidth"]) {
      await ask(page, question, /found/i);
      await expect(finds(page).first().locator(".of")).toHaveText("Letters");
      await expect(finds(page).first().locator("mark")).toHaveCount(1);
    }
  });

  test("puts signs that stand side by side before signs apart", async ({ page }) => {
    await page.goto(course.onDisk("search/index.html"));
    await ask(page, "国家", /found/i);
    await expect(finds(page).first().locator(".of")).toHaveText("Chinese 1");
    await expect(finds(page).first().locator("mark").first()).toHaveText("国家");
  });
});

test.describe("a library of four hundred lessons", () => {
  let work: string;
  let library: Course;

  test.beforeAll(() => {
    work = temporary();
    library = new Course(work, join(work, "public"));
    mkdirSync(join(work, "content/lessons"), { recursive: true });
    writeFileSync(join(work, "site.yaml"), "title: Library\nid: library\nlints: off\n");
    // Words that are made of syllables, so that there are many; each lesson has one of its own.
    const syllables = ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "ve"];
    const name = (n: number) => syllables[n % 16]! + syllables[(n >> 4) % 16]! + syllables[(n >> 8) % 16]! + (n % 7 ? "n" : "st");
    let seed = 7;
    const next = () => (seed = (seed * 1103515245 + 12345) % 2147483648);
    for (let lesson = 0; lesson < 400; lesson++) {
      const words = Array.from({ length: 600 }, () => name((next() >> 8) % ((next() >> 8) % 2 ? 300 : 4000)));
      const text = `---\ntitle: Lesson ${lesson}\n---\n\n${words.slice(0, 200).join(" ")}\n\n## Part\n\nzq${name(lesson)}ing ${words.slice(200).join(" ")}\n`;
      writeFileSync(join(work, `content/lessons/l-${lesson}.md`), text);
    }
    build(work, library.site);
  });
  test.afterAll(() => rmSync(work, { recursive: true }));

  test("answers from at most 100 kB, over http and from the disk", async ({ page }) => {
    const { root, close } = await host(() => library.site);
    const sizes = new Map<string, number>();
    page.on("request", (request) => {
      const name = /search\/([0-9a-f]{8}\/[a-z0-9-]+\.js)/.exec(request.url())?.[1];
      if (name) sizes.set(name, statSync(join(library.site, "search", name)).size);
    });
    for (const address of [`${root}search/index.html`, library.onDisk("search/index.html")]) {
      sizes.clear();
      await page.goto(address);
      await ask(page, "zqceceba", /found|best/i);
      await expect(finds(page).first().locator("mark").first()).toHaveText(/^zqceceba/);
      const whole = [...sizes.values()].reduce((sum, size) => sum + size, 0);
      expect(sizes.size).toBeGreaterThan(2);
      expect(whole, [...sizes].join(" ")).toBeLessThan(100_000);
    }
    close();
    expect(readdirSync(join(library.site, "search"), { recursive: true }).length).toBeGreaterThan(100);
  });
});
