// Learning platforms, each as a trainee and a trainer meet it: a package is opened, and what the platform holds is read.

import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { createInterface } from "node:readline";
import { expect, type Frame, type Page } from "@playwright/test";
import { fullReporting } from "../browser/courses";
import { hosts, one, Package, type Standard } from "./packages";

/** What a platform holds, by the names of the standard. */
export type Values = Record<string, string>;

export interface Platform {
  name: string;
  standard: Standard;
  /** What it makes of the score of a failed play, where it makes something of it. */
  failed?: number;
  /** That it has objectives for the skills, and shows what they were given. */
  skills?: true;
  start(): Promise<void>;
  stop(): void;
  /** Opens the package for a learner. */
  open(page: Page, learner: string): Promise<void>;
  stored(learner: string): Promise<Values>;
}

const here = __dirname;
export const temporary = () => mkdtempSync(join(tmpdir(), "amends-host-"));

/** A port that is free at the moment. */
export async function port(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Runs a script of ours with what was fetched for a host. */
export function python(host: string, script: string, ...args: string[]): ChildProcess {
  const env = { ...process.env, PYTHONPATH: join(hosts, host), PYTHONDONTWRITEBYTECODE: "1" };
  return spawn("python3", [join(here, script), ...args], { env, stdio: ["pipe", "pipe", "inherit"] });
}

const readers = new WeakMap<ChildProcess, AsyncIterator<string>>();

/** The next line that a process prints. */
export async function line(child: ChildProcess): Promise<string> {
  const reader = readers.get(child) ?? createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  readers.set(child, reader);
  const { value, done } = await reader.next();
  if (done) throw new Error("it ended; what it said stands above");
  return value;
}

export async function answers(url: string): Promise<void> {
  await expect.poll(() => fetch(url).then(({ status }) => status < 500, () => false)).toBe(true);
}

/** scormhost keeps what it is given as a file. */
class ScormHost implements Platform {
  readonly name: string;
  #host: ChildProcess | undefined;
  #root = "";
  #id = "";
  readonly #data = temporary();
  readonly #tokens = new Map<string, string>();

  constructor(
    readonly standard: Standard,
  ) {
    this.name = `scormhost, ${standard}`;
  }

  async start(): Promise<void> {
    const at = await port();
    this.#root = `http://127.0.0.1:${at}`;
    this.#host = python("scormhost", "scormhost_host.py", this.#data, String(at));
    await answers(this.#root);
    const form = new FormData();
    form.append("file", new Blob([readFileSync(one(this.standard).zip)]), "package.zip");
    await this.#register("trainer");
    const answer = await fetch(`${this.#root}/api/packages`, { method: "POST", headers: this.#as("trainer"), body: form });
    expect(answer.status, await answer.clone().text()).toBe(201);
    this.#id = ((await answer.json()) as { id: string }).id;
  }

  stop(): void {
    this.#host?.kill();
  }

  /** A new learner. The first of all may upload. */
  async #register(name: string): Promise<void> {
    if (this.#tokens.has(name)) return;
    const body = JSON.stringify({ email: `${name}@example.org`, username: name, password: "a-long-password", display_name: name });
    const answer = await fetch(`${this.#root}/api/auth/register`, { method: "POST", headers: { "Content-Type": "application/json" }, body });
    const { access_token } = (await answer.json()) as { access_token: string };
    this.#tokens.set(name, access_token);
  }

  #as = (name: string) => ({ Authorization: `Bearer ${this.#tokens.get(name)}` });

  async open(page: Page, learner: string): Promise<void> {
    await this.#register(learner);
    const answer = await page.request.post(`${this.#root}/api/auth/login`, { data: { email: `${learner}@example.org`, password: "a-long-password" } });
    expect(answer.ok(), await answer.text()).toBe(true);
    await page.goto(`${this.#root}/launch/${this.#id}?launch=launch.html`);
  }

  async stored(learner: string): Promise<Values> {
    const answer = await fetch(`${this.#root}/api/scorm/${this.#id}/cmi?launch=launch.html`, { headers: this.#as(learner) });
    return ((await answer.json()) as { elements: Values }).elements;
  }
}

/** wagtail-lms writes each value by a request of its own, and loses some of what comes at once. */
class Wagtail implements Platform {
  readonly name = "wagtail-lms, scorm12";
  readonly standard = "scorm12";
  #host: ChildProcess | undefined;
  #root = "";
  #told = { lesson: 0, launch: "", sessions: {} as Record<string, string> };

  async start(): Promise<void> {
    const at = await port();
    this.#root = `http://127.0.0.1:${at}`;
    this.#host = python("wagtail", "wagtail_host.py", temporary(), String(at), one("scorm12").zip);
    this.#told = JSON.parse(await line(this.#host));
    expect(this.#told.launch).toMatch(/launch\.html$/);
    await answers(`${this.#root}/stored/nobody`);
  }

  stop(): void {
    this.#host?.kill();
  }

  async open(page: Page, learner: string): Promise<void> {
    await page.context().addCookies([{ name: "sessionid", value: this.#told.sessions[learner]!, url: this.#root }]);
    await page.goto(`${this.#root}/lms/scorm-lesson/${this.#told.lesson}/play/`);
  }

  async stored(learner: string): Promise<Values> {
    return (await fetch(`${this.#root}/stored/${learner}`)).json() as Promise<Values>;
  }
}

/** Open edX publishes a grade, reads back its own copy of what was written, and knows no status but what it was told. */
class OpenEdx implements Platform {
  readonly name: string;
  readonly failed = 0;
  #host: ChildProcess | undefined;
  #root = "";

  constructor(readonly standard: "scorm12" | "scorm2004") {
    this.name = `openedx-scorm-xblock, ${standard}`;
  }

  async start(): Promise<void> {
    const at = await port();
    this.#root = `http://127.0.0.1:${at}`;
    this.#host = python("openedx", "openedx_host.py", temporary(), String(at), one(this.standard, fullReporting).zip);
    const version = { scorm12: "SCORM_12", scorm2004: "SCORM_2004" }[this.standard];
    expect(JSON.parse(await line(this.#host))).toEqual({ begins: "launch.html", version, warnings: [] });
    await answers(`${this.#root}/jquery.js`);
  }

  stop(): void {
    this.#host?.kill();
  }

  async open(page: Page, learner: string): Promise<void> {
    await page.goto(`${this.#root}/?learner=${learner}`);
  }

  async stored(learner: string): Promise<Values> {
    return (await fetch(`${this.#root}/stored/${learner}`)).json() as Promise<Values>;
  }
}

const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

/** A server of this test: a page that holds a platform's part of the standard, the package below it, and what else is answered. */
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

/** A page with the frame in which a platform shows a package. */
export const holding = (script: string, launch = "launch.html") =>
  `<!doctype html><title>platform</title>${script}<iframe src="package/${launch}" style="width:100%;height:95vh"></iframe>`;

/** scorm-again, a run-time that is strict about the standard. What it commits is kept here. */
export class Again implements Platform {
  readonly name: string;
  readonly skills = true;
  readonly #kept = new Map<string, Values>();
  #server: Server | undefined;
  root = "";

  constructor(
    readonly standard: Standard,
    readonly pack: Package = one(standard, fullReporting),
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
        this.#kept.set(learner, { ...this.#kept.get(learner), ...flat(cmi, "cmi") });
        response.writeHead(200, { "Content-Type": "application/json" }).end('{"result":true,"errorCode":0}');
      } else if (url.pathname === "/") {
        const [api, kind] = this.standard === "scorm12" ? ["API", "scorm12"] : ["API_1484_11", "scorm2004"];
        const kept = Object.fromEntries(Object.entries(this.#kept.get(learner) ?? {}).filter(([key]) => key === "cmi.suspend_data"));
        const script = `<script src="npm/scorm-again/dist/${kind}.min.js"></script><script>
          window.${api} = new ${kind === "scorm12" ? "Scorm12API" : "Scorm2004API"}({ autocommit: false, logLevel: 5, lmsCommitUrl: "/commit?learner=${learner}", dataCommitFormat: "json" });
          ${api}.loadFromFlattenedJSON(${JSON.stringify(kept)});
        </script>`;
        response.writeHead(200, { "Content-Type": "text/html" }).end(holding(script, this.launch));
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
    return this.#kept.get(learner) ?? {};
  }
}

/** A tree of values by their whole names. */
function flat(value: unknown, name: string): Values {
  if (typeof value !== "object" || value === null) return { [name]: String(value) };
  return Object.assign({}, ...Object.entries(value).map(([key, each]) => flat(each, `${name}.${key.replace(/^(childArray\.)/, "")}`)));
}

export const platforms: Platform[] = [
  new ScormHost("scorm12"),
  new ScormHost("scorm2004"),
  new Again("scorm12"),
  new Again("scorm2004"),
  new Wagtail(),
  new OpenEdx("scorm12"),
  new OpenEdx("scorm2004"),
];

/** The launch page, wherever a platform shows it. */
export async function launched(page: Page): Promise<Frame> {
  const find = () => page.frames().find((frame) => /\/launch[^/]*\.html/.test(frame.url()));
  await expect.poll(() => Boolean(find())).toBe(true);
  return find()!;
}

/** The page inside of it. */
export async function inside(page: Page): Promise<Frame> {
  const launch = await launched(page);
  const find = () => launch.childFrames()[0];
  await expect.poll(() => find()?.url() ?? "").toMatch(/index\.html/);
  return find()!;
}
