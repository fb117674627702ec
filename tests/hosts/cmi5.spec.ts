// cmi5: a platform of our own around a store of statements that others wrote, which refuses what is wrong.

import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Server } from "node:http";
import { expect, test, type Page } from "@playwright/test";
import { begin, hurry, play } from "../browser/player";
import { fullReporting } from "../browser/courses";
import { failing, hosts, one, Package, passing, SLUG } from "./packages";
import { answers, inside, launched, port, serve, temporary } from "./platforms";

interface Statement {
  verb: { id: string };
  result?: { score?: { scaled: number }; success?: boolean; extensions?: Record<string, unknown> };
  context: { registration: string; contextActivities: { category?: { id: string }[] }; extensions: Record<string, string> };
}

let store: ChildProcess;
let address = "";
test.beforeAll(async () => {
  const at = await port();
  address = `http://127.0.0.1:${at}/xAPI`;
  store = spawn("node", [join(__dirname, "lrs.mjs"), join(hosts, "npm"), String(at)], { cwd: temporary(), stdio: ["ignore", "ignore", "inherit"] });
  await answers(`http://127.0.0.1:${at}/`);
});
test.afterAll(() => void store.kill());

const judge = () => createRequire(join(hosts, "npm/"))("@learninglocker/xapi-validation").default as (statement: unknown) => unknown[];

class Cmi5 {
  statements: Statement[] = [];
  documents = new Map<string, string>();
  refused: string[] = [];
  #tokens = new Map<string, boolean>();
  #server: Server | undefined;
  #root = "";
  #sessions = 0;
  registration: string = crypto.randomUUID();
  mode = "Normal";
  /** Refuses everything from now on. */
  isDown = false;
  /** Says that it keeps every document, and keeps none. */
  isLying = false;
  puts = 0;

  constructor(readonly pack: Package) {}

  async start(): Promise<void> {
    const { root, server } = await serve(this.pack.folder, "closed", (request, response, body) => {
      const url = new URL(request.url!, "http://localhost");
      const say = (status: number, text = "") => void response.writeHead(status, { "Content-Type": "application/json" }).end(text);
      const token = request.headers.authorization?.replace("Basic ", "") ?? "";
      if (url.pathname === "/fetch") {
        const name = url.searchParams.get("session")!;
        if (this.#tokens.has(name)) say(200, '{"error-code":"1","error-text":"given before"}');
        else {
          this.#tokens.set(name, true);
          say(200, JSON.stringify({ "auth-token": name }));
        }
      } else if (!url.pathname.startsWith("/xapi/")) return false;
      else if (this.isDown) say(503);
      else if (!this.#tokens.get(token)) {
        this.refused.push(url.pathname);
        say(403);
      } else if (url.pathname.endsWith("/agents/profile")) say(404);
      else if (url.pathname.endsWith("/activities/state")) {
        const id = `${url.searchParams.get("registration")}/${url.searchParams.get("stateId")}`;
        if (request.method === "PUT") {
          this.puts++;
          if (!this.isLying) this.documents.set(id, body);
          say(204);
        } else if (id.endsWith("LMS.LaunchData")) say(200, JSON.stringify(this.#launchData(token)));
        else say(this.documents.has(id) ? 200 : 404, this.documents.get(id));
      } else void this.#take(body, token, say);
      return true;
    });
    [this.#root, this.#server] = [root, server];
  }

  stop(): void {
    this.#server?.close();
  }

  #launchData(session: string) {
    const grouping = [{ id: "https://platform.example/course" }];
    return {
      contextTemplate: { contextActivities: { grouping }, extensions: { "https://w3id.org/xapi/cmi5/context/extensions/sessionid": session } },
      launchMode: this.mode,
      moveOn: "CompletedAndPassed",
      returnURL: `${this.#root}/`,
    };
  }

  /** Hands statements on to the store, which judges them. */
  async #take(body: string, token: string, say: (status: number) => void): Promise<void> {
    const headers = { "Content-Type": "application/json", "X-Experience-API-Version": "1.0.3", Authorization: `Basic ${btoa("a:b")}` };
    const answer = await fetch(`${address}/statements`, { method: "POST", headers, body });
    const all = JSON.parse(body) as Statement[];
    if (answer.ok) this.statements.push(...all);
    else this.refused.push(await answer.text());
    if (all.some(({ verb }) => verb.id.endsWith("/terminated"))) this.#tokens.set(token, false);
    say(answer.status);
  }

  async open(page: Page): Promise<void> {
    const session = `session-${++this.#sessions}`;
    const query = new URLSearchParams({
      endpoint: `${this.#root}/xapi/`,
      fetch: `${this.#root}/fetch?session=${session}`,
      actor: JSON.stringify({ objectType: "Agent", account: { homePage: "https://platform.example", name: "ada" } }),
      registration: this.registration,
      activityId: "https://platform.example/au/1",
    });
    await page.goto(`${this.#root}/package/launch.html?${query}`);
  }

  get verbs(): string[] {
    return this.statements.map(({ verb }) => verb.id.split("/").at(-1)!);
  }
}

const status = async (page: Page) => (await launched(page)).locator("[role=status]");
const finish = async (page: Page) => (await launched(page)).locator("[data-do=finish]").click();

async function started(pack = one("cmi5")): Promise<Cmi5> {
  const platform = new Cmi5(pack);
  await platform.start();
  return platform;
}

test("a passed play: what the standard defines, once and in order, and the score of each skill beside it", async ({ page }) => {
  const platform = await started(one("cmi5", fullReporting));
  await platform.open(page);
  await play(await inside(page), "challenge", passing.choices);
  await expect(await status(page)).toHaveText(/has saved/);
  await finish(page);
  await expect(page.getByText("closed")).toBeVisible();
  expect(platform.verbs).toEqual(["initialized", "scored", "completed", "passed", "terminated"]);
  expect(platform.refused).toEqual([]);
  for (const statement of platform.statements) {
    expect(judge()(statement)).toEqual([]);
    expect(statement.context.registration).toBe(platform.registration);
    expect(Object.values(statement.context.extensions)).toEqual(["session-1"]);
    const categories = statement.context.contextActivities.category ?? [];
    expect(categories.some(({ id }) => id.endsWith("/categories/cmi5"))).toBe(!statement.verb.id.endsWith("/scored"));
  }
  const [, scored, , passed] = platform.statements;
  expect(passed!.result).toMatchObject({ success: true, score: { scaled: passing.final / 100 } });
  expect(Object.keys(scored!.result!.extensions!["urn:x-amends:course:skills"] as object)).toHaveLength(4);
  expect(scored!.result!.extensions!["urn:x-amends:course:choices"]).toHaveLength(passing.choices.length);
  platform.stop();
});

test("after a pass another session says nothing worse, and nothing twice", async ({ page }) => {
  const platform = await started();
  for (const choices of [passing.choices, failing.choices]) {
    await platform.open(page);
    await play(await inside(page), "challenge", choices);
    await expect(await status(page)).toHaveText(/has saved/);
    await finish(page);
    await expect(page.getByText("closed")).toBeVisible();
  }
  expect(platform.verbs.filter((verb) => verb !== "scored")).toEqual(["initialized", "completed", "passed", "terminated", "initialized", "terminated"]);
  expect(platform.refused).toEqual([]);
  platform.stop();
});

test("who looks in and leaves has begun nothing, and another learner in the same browser meets nothing of the first", async ({ page }) => {
  const platform = await started();
  await platform.open(page);
  await inside(page);
  await finish(page);
  await expect(page.getByText("closed")).toBeVisible();
  expect(platform.verbs).toEqual(["initialized", "terminated"]);
  expect([...platform.documents.keys()]).toEqual([]);
  await platform.open(page);
  await begin(await inside(page), "challenge");
  await hurry(await inside(page), passing.choices.slice(0, 3));
  await expect(await status(page)).toHaveText(/has saved/);
  platform.registration = crypto.randomUUID();
  await platform.open(page);
  await expect((await inside(page)).locator("[data-do=start]")).toBeVisible();
  await expect((await inside(page)).locator("[data-do=resume]")).toHaveCount(0);
  expect(platform.refused).toEqual([]);
  platform.stop();
});

for (const when of ["before", "after"]) {
  test(`a platform that refuses everything ${when} the beginning is named, and the trainee gets a code`, async ({ page }) => {
    const platform = await started();
    platform.isDown = when === "before";
    await platform.open(page);
    const scenario = await inside(page);
    platform.isDown = true;
    await play(scenario, "challenge", passing.choices);
    await expect(await status(page)).toHaveText(when === "before" ? /No learning platform answers/ : /did not save/);
    await expect((await launched(page)).locator(".codes .code")).toHaveText(/\S/);
    expect(platform.verbs).toEqual(when === "before" ? [] : ["initialized"]);
    platform.stop();
  });
}

test("a platform that says it keeps what it loses is asked again, within bounds, and then not believed", async ({ page }) => {
  const platform = await started();
  platform.isLying = true;
  await platform.open(page);
  await play(await inside(page), "challenge", passing.choices);
  await expect(await status(page)).toHaveText(/did not save/);
  await expect((await launched(page)).locator(".codes .code")).toHaveText(/\S/);
  expect(platform.puts).toBeLessThan(60);
  // What came of the play is told all the same.
  expect(platform.verbs).toContain("passed");
  platform.stop();
});

test("a fail is said when the session ends", async ({ page }) => {
  const platform = await started();
  await platform.open(page);
  await play(await inside(page), "challenge", failing.choices);
  await expect(await status(page)).toHaveText(/has saved/);
  expect(platform.verbs).not.toContain("failed");
  await page.goto("about:blank");
  await expect.poll(() => platform.verbs.slice(-2)).toEqual(["failed", "terminated"]);
  platform.stop();
});

test("loading the page again ends the session, and the next one goes on; what is stored in the browser is gone with it", async ({ page }) => {
  const platform = await started();
  await platform.open(page);
  const scenario = await inside(page);
  await begin(scenario, "challenge");
  await hurry(scenario, passing.choices.slice(0, 3));
  await expect(await status(page)).toHaveText(/has saved/);
  expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual([`amends:cmi5:${platform.registration}`]);
  await page.reload();
  await expect(await status(page)).toHaveText(/No learning platform answers/);
  await expect.poll(() => platform.verbs).toEqual(["initialized", "terminated"]);
  expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
  await platform.open(page);
  await (await inside(page)).locator("[data-do=resume]").click();
  await hurry(await inside(page), passing.choices.slice(3));
  await expect(await status(page)).toHaveText(/has saved/);
  await expect.poll(() => platform.verbs.at(-1)).toBe("passed");
  expect(platform.refused).toEqual([]);
  platform.stop();
});

test("a page that the browser let go of comes back into its session by the token that it kept", async ({ page }) => {
  const platform = await started();
  await platform.open(page);
  await inside(page);
  await expect(await status(page)).toHaveText(/Connected/);
  // As when it is discarded: the page hears nothing of its end.
  await page.evaluate(() => addEventListener("pagehide", (event) => event.stopImmediatePropagation(), true));
  const kept = await page.evaluate(() => ({ ...sessionStorage }));
  const url = page.url();
  const context = page.context();
  await page.evaluate(() => window.stop());
  const other = await context.newPage();
  await other.addInitScript((kept) => Object.entries(kept).forEach(([name, text]) => sessionStorage.getItem("restored") ?? (sessionStorage.setItem(name, text), sessionStorage.setItem("restored", "1"))), kept);
  await other.goto(url);
  await expect(await status(other)).toHaveText(/Connected/);
  expect(platform.verbs).toEqual(["initialized"]);
  platform.stop();
});

test("in review only the session itself is told of", async ({ page }) => {
  const platform = await started();
  platform.mode = "Review";
  await platform.open(page);
  await play(await inside(page), "challenge", passing.choices);
  await expect(await status(page)).toHaveText(/reviewing/);
  await finish(page);
  await expect(page.getByText("closed")).toBeVisible();
  expect(platform.verbs).toEqual(["initialized", "terminated"]);
  platform.stop();
});

test("the structure names the course by its id, and only the launch page may connect", () => {
  const pack = one("cmi5");
  expect(pack.text("cmi5.xml")).toContain(`<au id="urn:x-amends:course:au:${SLUG}" moveOn="CompletedAndPassed"`);
  expect(pack.text("launch.html")).toContain("connect-src https: http:");
  expect(pack.text(`scenarios/${SLUG}/index.html`)).toContain("connect-src &#39;none&#39;");
});
