// Valid markup, and a page that stays where it is. The time behind a choice is reported, not held: machines differ.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { begin, choice, ready } from "./player";
import { anEnding } from "./proved";
import { expect, folder, pages, scenarios, test } from "./site";

const [path] = scenarios as [string];
const jar = resolve(__dirname, "../../node_modules/vnu-jar/build/dist/vnu.jar");
const hasJava = existsSync(jar) && spawnSync("java", ["-version"]).status === 0;

test("the Nu Html Checker finds no fault on any page", () => {
  expect(hasJava, "Java is missing: cargo xtask test installs it").toBe(true);
  const files = pages().map((path) => join(folder, path));
  const { stdout } = spawnSync("java", ["-jar", jar, "--errors-only", "--format", "json", "--stdout", ...files], {
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  const { messages } = JSON.parse(stdout) as { messages: { url: string; message: string; extract: string }[] };
  expect(messages.map(({ url, message, extract }) => `${url}: ${message} ${extract}`)).toEqual([]);
});

test("what was there stays where it was after a choice, whose script time is reported", async ({ page, url }, info) => {
  await page.goto(url(path));
  await ready(page);
  const { choices } = anEnding(path);
  await begin(page, "practice");
  const times: number[] = [];
  for (const text of choices) {
    const handle = await choice(page, text).elementHandle();
    const { time, moved } = await handle!.evaluate((button) => {
      const stood = [...document.querySelectorAll<HTMLElement>(".brief, .subject, .bar, .beat > :not(.choices, .hint)")];
      // In the page, not in the window: focus may scroll.
      const at = () => stood.map((each) => (each.matches(".bar") ? 0 : each.getBoundingClientRect().top + scrollY));
      const before = at();
      const start = performance.now();
      (button as HTMLElement).click();
      const time = performance.now() - start;
      const after = at();
      return { time, moved: before.filter((top, place) => Math.abs(top - after[place]!) > 0.5).length };
    });
    times.push(time);
    expect(moved).toBe(0);
    await page.getByRole("button", { name: "Go on" }).click();
  }
  const sorted = times.sort((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)]!;
  info.annotations.push({ type: "script per choice", description: `median ${median.toFixed(1)} ms, most ${sorted.at(-1)!.toFixed(1)} ms` });
  console.log(`script per choice: median ${median.toFixed(1)} ms, most ${sorted.at(-1)!.toFixed(1)} ms`);
});

test("nothing shifts while a page loads", async ({ page, url }) => {
  for (const path of ["index.html", scenarios[0]!, "record/index.html"]) {
    await page.goto(url(path));
    await page.waitForLoadState("networkidle");
    const shift = await page.evaluate(
      () =>
        new Promise<number>((done) => {
          let sum = 0;
          const observer = new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
          });
          observer.observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(sum), 300);
        }),
    );
    expect(shift, path).toBeLessThan(0.02);
  }
});
