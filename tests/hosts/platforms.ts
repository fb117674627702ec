// Drivers of learning platforms: each opens a package for a learner, and reads what the platform has stored.

import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { createInterface } from "node:readline";
import { expect, type Frame, type Page } from "@playwright/test";
import { fullReporting } from "../browser/courses";
import { temporary } from "../browser/program";
import { hosts, Package, scenarioPackage, type Standard } from "./packages";

/** What a platform has stored, by the keys of the standard. */
export type Values = Record<string, string>;

export interface Platform {
  name: string;
  standard: Standard;
  /** The score that it stores for a failed play, if not the play's own. */
  failed?: number;
  /** Whether it stores objectives for the skills, and `stored` has them. */
  skills?: true;
  start(): Promise<void>;
  stop(): void;
  /** Opens the package for a learner. */
  open(page: Page, learner: string): Promise<void>;
  stored(learner: string): Promise<Values>;
}


/** A port that is free at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** The first line that a process prints. */
function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: child.stdout! });
    lines.once("line", resolve).once("close", () => reject(new Error("the process ended; its output is above")));
  });
}

/** Waits until a server answers. */
export async function waitUntilUp(url: string): Promise<void> {
  await expect.poll(() => fetch(url).then(({ status }) => status < 500, () => false)).toBe(true);
}

/** A platform that a Python script of this folder runs as a server on a local port. */
abstract class PythonPlatform {
  protected root = "";
  #process: ChildProcess | undefined;

  /** Runs the script with a new data folder, a free port and these arguments, and with the packages that were fetched for it. */
  protected async run(script: string, ...args: string[]): Promise<ChildProcess> {
    const port = await freePort();
    this.root = `http://127.0.0.1:${port}`;
    const env = { ...process.env, PYTHONPATH: join(hosts, script), PYTHONDONTWRITEBYTECODE: "1" };
    const command = [join(__dirname, `${script}_host.py`), temporary(), String(port), ...args];
    this.#process = spawn("python3", command, { env, stdio: ["pipe", "pipe", "inherit"] });
    return this.#process;
  }

  stop(): void {
    this.#process?.kill();
  }

  async stored(learner: string): Promise<Values> {
    return (await fetch(`${this.root}/stored/${learner}`)).json() as Promise<Values>;
  }
}

/** scormhost, which takes packages by upload. */
class ScormHost extends PythonPlatform implements Platform {
  readonly name: string;
  #id = "";
  readonly #tokens = new Map<string, string>();

  constructor(readonly standard: Standard) {
    super();
    this.name = `scormhost, ${standard}`;
  }

  async start(): Promise<void> {
    await this.run("scormhost");
    await waitUntilUp(this.root);
    const form = new FormData();
    form.append("file", new Blob([readFileSync(scenarioPackage(this.standard).zip)]), "package.zip");
    await this.#register("trainer");
    const answer = await fetch(`${this.root}/api/packages`, { method: "POST", headers: this.#authorization("trainer"), body: form });
    expect(answer.status, await answer.clone().text()).toBe(201);
    this.#id = ((await answer.json()) as { id: string }).id;
  }

  /** Registers a learner. The first one to register may upload. */
  async #register(name: string): Promise<void> {
    if (this.#tokens.has(name)) return;
    const body = JSON.stringify({ email: `${name}@example.org`, username: name, password: "a-long-password", display_name: name });
    const answer = await fetch(`${this.root}/api/auth/register`, { method: "POST", headers: { "Content-Type": "application/json" }, body });
    const { access_token } = (await answer.json()) as { access_token: string };
    this.#tokens.set(name, access_token);
  }

  #authorization = (name: string) => ({ Authorization: `Bearer ${this.#tokens.get(name)}` });

  async open(page: Page, learner: string): Promise<void> {
    await this.#register(learner);
    const answer = await page.request.post(`${this.root}/api/auth/login`, { data: { email: `${learner}@example.org`, password: "a-long-password" } });
    expect(answer.ok(), await answer.text()).toBe(true);
    await page.goto(`${this.root}/launch/${this.#id}?launch=launch.html`);
  }

  override async stored(learner: string): Promise<Values> {
    const answer = await fetch(`${this.root}/api/scorm/${this.#id}/cmi?launch=launch.html`, { headers: this.#authorization(learner) });
    return ((await answer.json()) as { elements: Values }).elements;
  }
}

/** wagtail-lms, which stores each value by a separate request, and loses some of those that arrive together. */
class Wagtail extends PythonPlatform implements Platform {
  readonly name = "wagtail-lms, scorm12";
  readonly standard = "scorm12";
  #startup = { lesson: 0, launch: "", sessions: {} as Record<string, string> };

  async start(): Promise<void> {
    this.#startup = JSON.parse(await firstLine(await this.run("wagtail", scenarioPackage("scorm12").zip)));
    expect(this.#startup.launch).toMatch(/launch\.html$/);
    await waitUntilUp(`${this.root}/stored/nobody`);
  }

  async open(page: Page, learner: string): Promise<void> {
    await page.context().addCookies([{ name: "sessionid", value: this.#startup.sessions[learner]!, url: this.root }]);
    await page.goto(`${this.root}/lms/scorm-lesson/${this.#startup.lesson}/play/`);
  }
}

/** Open edX, which publishes a grade for the score, reads values back from its own copy, and has no status until one is written. */
class OpenEdx extends PythonPlatform implements Platform {
  readonly name: string;
  readonly failed = 0;

  constructor(readonly standard: "scorm12" | "scorm2004") {
    super();
    this.name = `openedx-scorm-xblock, ${standard}`;
  }

  async start(): Promise<void> {
    const child = await this.run("openedx", scenarioPackage(this.standard, fullReporting).zip);
    const version = { scorm12: "SCORM_12", scorm2004: "SCORM_2004" }[this.standard];
    expect(JSON.parse(await firstLine(child))).toEqual({ launch: "launch.html", version, warnings: [] });
    await waitUntilUp(`${this.root}/jquery.js`);
  }

  async open(page: Page, learner: string): Promise<void> {
    await page.goto(`${this.root}/?learner=${learner}`);
  }
}

const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

/** Serves `page` at the root, the files of a package at /package/, and npm packages at /npm/. `answer` may handle a request first,
 *  and returns whether it did. */
export async function serve(folder: string, page: string, answer?: (request: IncomingMessage, response: ServerResponse, body: string) => boolean): Promise<{ root: string; server: Server }> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (text) => (body += text));
    request.on("end", () => {
      if (answer?.(request, response, body)) return;
      const { pathname } = new URL(request.url!, "http://localhost");
      if (pathname === "/") return void response.writeHead(200, { "Content-Type": "text/html" }).end(page);
      const [, kind, ...rest] = pathname.split("/");
      const from = kind === "package" ? folder : kind === "npm" ? join(hosts, "npm/node_modules") : "";
      const file = join(from, normalize(decodeURIComponent(rest.join("/"))));
      try {
        const bytes = readFileSync(file);
        response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" }).end(bytes);
      } catch {
        response.writeHead(404).end();
      }
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return { root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** A page of a platform, with the package in a frame. */
export const platformPage = (script: string, launch = "launch.html") =>
  `<!doctype html><title>platform</title>${script}<iframe src="package/${launch}" style="width:100%;height:95vh"></iframe>`;

/** scorm-again, a run-time that enforces the standard. This class stores what it commits. */
export class ScormAgain implements Platform {
  readonly name: string;
  readonly skills = true;
  readonly #committed = new Map<string, Values>();
  #server: Server | undefined;
  root = "";

  constructor(
    readonly standard: Standard,
    readonly pack: Package = scenarioPackage(standard, fullReporting),
    readonly launch = "launch.html",
  ) {
    this.name = `scorm-again, ${standard}`;
  }

  async start(): Promise<void> {
    const { root, server } = await serve(this.pack.folder, "", (request, response, body) => {
      const url = new URL(request.url!, "http://localhost");
      const learner = url.searchParams.get("learner") ?? "";
      if (url.pathname === "/commit") {
        const { cmi = JSON.parse(body) } = JSON.parse(body) as { cmi?: unknown };
        this.#committed.set(learner, { ...this.#committed.get(learner), ...flatten(cmi, "cmi") });
        response.writeHead(200, { "Content-Type": "application/json" }).end('{"result":true,"errorCode":0}');
      } else if (url.pathname === "/") {
        const [api, kind] = this.standard === "scorm12" ? ["API", "scorm12"] : ["API_1484_11", "scorm2004"];
        const suspended = Object.fromEntries(Object.entries(this.#committed.get(learner) ?? {}).filter(([key]) => key === "cmi.suspend_data"));
        const script = `<script src="npm/scorm-again/dist/${kind}.min.js"></script><script>
          window.${api} = new ${kind === "scorm12" ? "Scorm12API" : "Scorm2004API"}({ autocommit: false, logLevel: 5, lmsCommitUrl: "/commit?learner=${learner}", dataCommitFormat: "json" });
          ${api}.loadFromFlattenedJSON(${JSON.stringify(suspended)});
        </script>`;
        response.writeHead(200, { "Content-Type": "text/html" }).end(platformPage(script, this.launch));
      } else return false;
      return true;
    });
    [this.root, this.#server] = [root, server];
  }

  stop(): void {
    this.#server?.close();
  }

  async open(page: Page, learner: string): Promise<void> {
    await page.goto(`${this.root}/?learner=${learner}`);
  }

  async stored(learner: string): Promise<Values> {
    return this.#committed.get(learner) ?? {};
  }
}

/** Flattens a tree of values to full keys. */
function flatten(value: unknown, name: string): Values {
  if (typeof value !== "object" || value === null) return { [name]: String(value) };
  return Object.assign({}, ...Object.entries(value).map(([key, each]) => flatten(each, `${name}.${key.replace(/^(childArray\.)/, "")}`)));
}

export const platforms: Platform[] = [
  new ScormHost("scorm12"),
  new ScormHost("scorm2004"),
  new ScormAgain("scorm12"),
  new ScormAgain("scorm2004"),
  new Wagtail(),
  new OpenEdx("scorm12"),
  new OpenEdx("scorm2004"),
];

/** The launch page of the package, in whatever frame the platform shows it. */
export async function launchFrame(page: Page): Promise<Frame> {
  const find = () => page.frames().find((frame) => /\/launch[^/]*\.html/.test(frame.url()));
  await expect.poll(() => Boolean(find())).toBe(true);
  return find()!;
}

/** The page of the course in the launch page. */
export async function courseFrame(page: Page): Promise<Frame> {
  const launch = await launchFrame(page);
  const find = () => launch.childFrames()[0];
  await expect.poll(() => find()?.url() ?? "").toMatch(/index\.html/);
  return find()!;
}

/** The line on the launch page that reports the state of the session. */
export const statusLine = async (page: Page) => (await launchFrame(page)).locator("[role=status]");

export const expectSaved = async (page: Page) => expect(await statusLine(page)).toHaveText(/has saved/);

/** Presses the button on the launch page that ends the session. */
export const endSession = async (page: Page) => (await launchFrame(page)).locator("[data-do=finish]").click();
