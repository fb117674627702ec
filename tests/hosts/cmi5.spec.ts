// cmi5, on a minimal platform around a third-party statement store that rejects invalid statements.

import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Server } from "node:http";
import { expect, test, type Page } from "@playwright/test";
import { begin, chooseAll, play } from "../browser/player";
import { fullReporting } from "../browser/courses";
import { temporary } from "../browser/program";
import { failing, hosts, Package, passing, scenarioPackage, SLUG } from "./packages";
import { courseFrame, endSession, expectSaved, freePort, launchFrame, serve, statusLine, waitUntilUp } from "./platforms";

interface Statement {
  verb: { id: string };
  result?: { score?: { scaled: number }; success?: boolean; extensions?: Record<string, unknown> };
  context: { registration: string; contextActivities: { category?: { id: string }[] }; extensions: Record<string, string> };
}

let store: ChildProcess;
let address = "";
test.beforeAll(async () => {
  const storePort = await freePort();
  address = `http://127.0.0.1:${storePort}/xAPI`;
  store = spawn("node", [join(__dirname, "lrs.mjs"), join(hosts, "npm"), String(storePort)], { cwd: temporary(), stdio: ["ignore", "ignore", "inherit"] });
  await waitUntilUp(`http://127.0.0.1:${storePort}/`);
});
test.afterAll(() => void store.kill());

/** The validator of xAPI statements; it returns the errors that it finds. */
const validator = () => createRequire(join(hosts, "npm/"))("@learninglocker/xapi-validation").default as (statement: unknown) => unknown[];

/** A platform that launches a package, stores its documents, and passes its statements to the store. */
class Cmi5 {
  statements: Statement[] = [];
  documents = new Map<string, string>();
  /** What was rejected: paths requested without a valid token, and the store's errors. */
  rejected: string[] = [];
  #tokens = new Map<string, boolean>();
  #server: Server | undefined;
  #root = "";
  #sessions = 0;
  registration: string = crypto.randomUUID();
  mode = "Normal";
  /** With true, answers every request of the package with an error. */
  isDown = false;
  /** With true, accepts every document but stores none. */
  losesDocuments = false;
  /** How many documents were sent. */
  puts = 0;

  constructor(readonly pack: Package) {}

  async start(): Promise<void> {
    const { root, server } = await serve(this.pack.folder, "closed", (request, response, body) => {
      const url = new URL(request.url!, "http://localhost");
      const respond = (status: number, text = "") => void response.writeHead(status, { "Content-Type": "application/json" }).end(text);
      const token = request.headers.authorization?.replace("Basic ", "") ?? "";
      if (url.pathname === "/fetch") {
        const name = url.searchParams.get("session")!;
        if (this.#tokens.has(name)) respond(200, '{"error-code":"1","error-text":"given before"}');
        else {
          this.#tokens.set(name, true);
          respond(200, JSON.stringify({ "auth-token": name }));
        }
      } else if (!url.pathname.startsWith("/xapi/")) return false;
      else if (this.isDown) respond(503);
      else if (!this.#tokens.get(token)) {
        this.rejected.push(url.pathname);
        respond(403);
      } else if (url.pathname.endsWith("/agents/profile")) respond(404);
      else if (url.pathname.endsWith("/activities/state")) {
        const id = `${url.searchParams.get("registration")}/${url.searchParams.get("stateId")}`;
        if (request.method === "PUT") {
          this.puts++;
          if (!this.losesDocuments) this.documents.set(id, body);
          respond(204);
        } else if (id.endsWith("LMS.LaunchData")) respond(200, JSON.stringify(this.#launchData(token)));
        else respond(this.documents.has(id) ? 200 : 404, this.documents.get(id));
      } else void this.#forward(body, token, respond);
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

  /** Passes statements to the store, which validates them. */
  async #forward(body: string, token: string, respond: (status: number) => void): Promise<void> {
    const headers = { "Content-Type": "application/json", "X-Experience-API-Version": "1.0.3", Authorization: `Basic ${btoa("a:b")}` };
    const answer = await fetch(`${address}/statements`, { method: "POST", headers, body });
    const statements = JSON.parse(body) as Statement[];
    if (answer.ok) this.statements.push(...statements);
    else this.rejected.push(await answer.text());
    if (statements.some(({ verb }) => verb.id.endsWith("/terminated"))) this.#tokens.set(token, false);
    respond(answer.status);
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

  /** The last part of the verb of each statement that the store accepted. */
  get verbs(): string[] {
    return this.statements.map(({ verb }) => verb.id.split("/").at(-1)!);
  }
}


async function startPlatform(pack = scenarioPackage("cmi5")): Promise<Cmi5> {
  const platform = new Cmi5(pack);
  await platform.start();
  return platform;
}

test("a passed play sends each statement of the standard once and in order, and a score for each skill", async ({ page }) => {
  const platform = await startPlatform(scenarioPackage("cmi5", fullReporting));
  await platform.open(page);
  await play(await courseFrame(page), "challenge", passing.choices);
  await expectSaved(page);
  await endSession(page);
  await expect(page.getByText("closed")).toBeVisible();
  expect(platform.verbs).toEqual(["initialized", "scored", "completed", "passed", "terminated"]);
  expect(platform.rejected).toEqual([]);
  for (const statement of platform.statements) {
    expect(validator()(statement)).toEqual([]);
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

test("a session after a pass reports no fail, and nothing twice", async ({ page }) => {
  const platform = await startPlatform();
  for (const choices of [passing.choices, failing.choices]) {
    await platform.open(page);
    await play(await courseFrame(page), "challenge", choices);
    await expectSaved(page);
    await endSession(page);
    await expect(page.getByText("closed")).toBeVisible();
  }
  expect(platform.verbs.filter((verb) => verb !== "scored")).toEqual(["initialized", "completed", "passed", "terminated", "initialized", "terminated"]);
  expect(platform.rejected).toEqual([]);
  platform.stop();
});

test("a learner who opens the package and leaves has started nothing, and another learner in the browser has nothing to resume", async ({ page }) => {
  const platform = await startPlatform();
  await platform.open(page);
  await courseFrame(page);
  await endSession(page);
  await expect(page.getByText("closed")).toBeVisible();
  expect(platform.verbs).toEqual(["initialized", "terminated"]);
  expect([...platform.documents.keys()]).toEqual([]);
  await platform.open(page);
  await begin(await courseFrame(page), "challenge");
  await chooseAll(await courseFrame(page), passing.choices.slice(0, 3));
  await expectSaved(page);
  platform.registration = crypto.randomUUID();
  await platform.open(page);
  await expect((await courseFrame(page)).locator("[data-do=start]")).toBeVisible();
  await expect((await courseFrame(page)).locator("[data-do=resume]")).toHaveCount(0);
  expect(platform.rejected).toEqual([]);
  platform.stop();
});

for (const when of ["before", "after"]) {
  test(`if the platform fails ${when} the start of the session, the page says so, and the trainee gets a code`, async ({ page }) => {
    const platform = await startPlatform();
    platform.isDown = when === "before";
    await platform.open(page);
    const scenario = await courseFrame(page);
    platform.isDown = true;
    await play(scenario, "challenge", passing.choices);
    await expect(await statusLine(page)).toHaveText(when === "before" ? /No learning platform answers/ : /did not save/);
    await expect((await launchFrame(page)).locator(".codes .code")).toHaveText(/\S/);
    expect(platform.verbs).toEqual(when === "before" ? [] : ["initialized"]);
    platform.stop();
  });
}

test("writes to a platform that loses documents are repeated a limited number of times, then reported as not saved", async ({ page }) => {
  const platform = await startPlatform();
  platform.losesDocuments = true;
  await platform.open(page);
  await play(await courseFrame(page), "challenge", passing.choices);
  await expect(await statusLine(page)).toHaveText(/did not save/);
  await expect((await launchFrame(page)).locator(".codes .code")).toHaveText(/\S/);
  expect(platform.puts).toBeLessThan(60);
  // The result is reported all the same.
  expect(platform.verbs).toContain("passed");
  platform.stop();
});

test("a fail is reported only when the session ends", async ({ page }) => {
  const platform = await startPlatform();
  await platform.open(page);
  await play(await courseFrame(page), "challenge", failing.choices);
  await expectSaved(page);
  expect(platform.verbs).not.toContain("failed");
  await page.goto("about:blank");
  await expect.poll(() => platform.verbs.slice(-2)).toEqual(["failed", "terminated"]);
  platform.stop();
});

test("a reload ends the session and deletes what it stored in the browser, and the next session resumes the play", async ({ page }) => {
  const platform = await startPlatform();
  await platform.open(page);
  const scenario = await courseFrame(page);
  await begin(scenario, "challenge");
  await chooseAll(scenario, passing.choices.slice(0, 3));
  await expectSaved(page);
  expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual([`amends:cmi5:${platform.registration}`]);
  await page.reload();
  await expect(await statusLine(page)).toHaveText(/No learning platform answers/);
  await expect.poll(() => platform.verbs).toEqual(["initialized", "terminated"]);
  expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
  await platform.open(page);
  await (await courseFrame(page)).locator("[data-do=resume]").click();
  await chooseAll(await courseFrame(page), passing.choices.slice(3));
  await expectSaved(page);
  await expect.poll(() => platform.verbs.at(-1)).toBe("passed");
  expect(platform.rejected).toEqual([]);
  platform.stop();
});

test("a page that the browser discarded rejoins its session with the stored token", async ({ page }) => {
  const platform = await startPlatform();
  await platform.open(page);
  await courseFrame(page);
  await expect(await statusLine(page)).toHaveText(/Connected/);
  // A discarded page is not notified that it ends.
  await page.evaluate(() => addEventListener("pagehide", (event) => event.stopImmediatePropagation(), true));
  const session = await page.evaluate(() => ({ ...sessionStorage }));
  const url = page.url();
  const context = page.context();
  await page.evaluate(() => window.stop());
  const other = await context.newPage();
  await other.addInitScript((session) => Object.entries(session).forEach(([name, text]) => sessionStorage.getItem("restored") ?? (sessionStorage.setItem(name, text), sessionStorage.setItem("restored", "1"))), session);
  await other.goto(url);
  await expect(await statusLine(other)).toHaveText(/Connected/);
  expect(platform.verbs).toEqual(["initialized"]);
  platform.stop();
});

test("in review mode only the start and end of the session are reported", async ({ page }) => {
  const platform = await startPlatform();
  platform.mode = "Review";
  await platform.open(page);
  await play(await courseFrame(page), "challenge", passing.choices);
  await expect(await statusLine(page)).toHaveText(/reviewing/);
  await endSession(page);
  await expect(page.getByText("closed")).toBeVisible();
  expect(platform.verbs).toEqual(["initialized", "terminated"]);
  platform.stop();
});

test("the course structure has the ID of the course, and only the launch page may connect", () => {
  const pack = scenarioPackage("cmi5");
  expect(pack.text("cmi5.xml")).toContain(`<au id="urn:x-amends:course:au:${SLUG}" moveOn="CompletedAndPassed"`);
  expect(pack.text("launch.html")).toContain("connect-src https: http:");
  expect(pack.text(`scenarios/${SLUG}/index.html`)).toContain("connect-src &#39;none&#39;");
});
