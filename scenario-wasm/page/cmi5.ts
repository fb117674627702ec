/** A learning platform with cmi5: a store of statements over HTTP, whose address and token are in this page's address. */

import { launch, type Opened, type Platform } from "./launch";
import { pack } from "./package";
import { FAILED, NOTHING, PASSED, type Report } from "./tally";

const VERBS = "http://adlnet.gov/expapi/verbs/";
const CATEGORIES = "https://w3id.org/xapi/cmi5/context/categories/";
/** The name of our document. */
const STATE = "amends";
/** How often to write a document that cannot be read back afterward. */
const TRIES = 3;

/** The parameters with which the platform opened this page. */
const parameters = new URLSearchParams(location.search);
const given = (name: string) => parameters.get(name) ?? "";

interface LaunchData {
  contextTemplate?: { contextActivities?: { category?: unknown[] } };
  launchMode?: "Normal" | "Browse" | "Review";
  returnURL?: string;
}

/** Our document: the state, and the outcomes that were sent in this registration. */
interface Kept {
  state: string;
  sent: string[];
}

/** What this page needs to know about the session if it is reloaded. The only thing stored in the browser, until the session
 *  ends. */
interface Session {
  token: string;
  /** The verbs that were sent. */
  sent: string[];
  began: number;
}

type Statement = Record<string, unknown>;

const remembers = `amends:cmi5:${given("registration")}`;

class Cmi5 implements Platform {
  #session: Session | null = null;
  #launch: LaunchData = {};
  #kept: Kept = { state: "", sent: [] };
  /** The last scores that were sent. */
  #sentScores = "";
  /** Statements to send when the session ends. */
  #last: Statement[] = [];

  async open(): Promise<Opened | null> {
    if (!given("endpoint") || !given("fetch")) return null;
    this.#session = remembered() ?? (await fetched());
    if (!this.#session) return null;
    this.#launch = (await (await this.#ask(documented("LMS.LaunchData"))).json()) as LaunchData;
    // The standard requires this request; no answer is needed.
    await this.#ask(`agents/profile?${new URLSearchParams({ profileId: "cmi5LearnerPreferences", agent: given("actor") })}`).catch(() => null);
    const kept = await this.#ask(documented(STATE));
    if (kept.ok) this.#kept = { ...this.#kept, ...((await kept.json()) as Kept) };
    await this.#once("initialized");
    return { state: this.#kept.state, rank: NOTHING, isReview: (this.#launch.launchMode ?? "Normal") !== "Normal" };
  }

  async save(report: Report, state: string): Promise<boolean> {
    try {
      const isStored = await this.#isStored({ ...this.#kept, state });
      const scores = JSON.stringify([report.score, report.skills, report.interactions]);
      if (report.score !== null && scores !== this.#sentScores) await this.#send([this.#scores(report)]);
      this.#sentScores = scores;
      await this.#outcome(report);
      return isStored;
    } catch {
      return false;
    }
  }

  /** The standard allows each verb of an outcome once, and none that is worse than an earlier one, so a failure waits for the
   *  end. */
  async #outcome({ rank, score }: Report): Promise<void> {
    this.#last = [];
    if (rank < FAILED) return;
    await this.#once("completed", { completion: true }, true);
    if (!pack.scenarios.length) return;
    if (rank === PASSED) await this.#once("passed", { success: true, score: scored(score) }, true);
    else if (!this.#kept.sent.includes("passed")) this.#last = [this.#defined("failed", { success: false, score: scored(score) }, true)];
  }

  flush(_: Report, state: string): void {
    if (state && state !== this.#kept.state) void this.#keep({ ...this.#kept, state }, true).catch(() => {});
  }

  close(isLeaving: boolean): void {
    if (!this.#session?.sent.includes("initialized")) return;
    const last = [...this.#last, this.#defined("terminated", {})];
    const sent = this.#send(last, true).catch(() => {});
    try {
      sessionStorage.removeItem(remembers);
    } catch {
      // Nothing was stored there.
    }
    const { returnURL } = this.#launch;
    if (!isLeaving && returnURL) void sent.then(() => location.assign(returnURL));
  }

  async #ask(path: string, options: RequestInit = {}): Promise<Response> {
    const headers = { Authorization: `Basic ${this.#session?.token}`, "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json" };
    const answer = await fetch(`${given("endpoint").replace(/\/$/, "")}/${path}`, { headers, ...options });
    if (!answer.ok && answer.status !== 404) throw new Error(`the platform answers ${answer.status}`);
    return answer;
  }

  async #keep(kept: Kept, keepalive = false): Promise<void> {
    this.#kept = kept;
    await this.#ask(documented(STATE), { method: "PUT", body: JSON.stringify(kept), keepalive });
  }

  /** Stores the document and reads it back: some platforms confirm what they lose. */
  async #isStored(kept: Kept): Promise<boolean> {
    for (let tries = 0; tries < TRIES; tries++) {
      await this.#keep(kept);
      const found = await this.#ask(documented(STATE), { cache: "no-store" });
      if (found.ok && ((await found.json()) as Kept).state === kept.state) return true;
    }
    return false;
  }

  async #send(statements: Statement[], keepalive = false): Promise<void> {
    await this.#ask("statements", { method: "POST", body: JSON.stringify(statements), keepalive });
  }

  /** Sends a statement once per session; one about an outcome, once per registration. */
  async #once(verb: string, result?: object, isOutcome = false): Promise<void> {
    const session = this.#session;
    if (!session || session.sent.includes(verb) || this.#kept.sent.includes(verb)) return;
    await this.#send([this.#defined(verb, result, isOutcome)]);
    session.sent.push(verb);
    try {
      sessionStorage.setItem(remembers, JSON.stringify(session));
    } catch {
      // Then reloading the page ends the session.
    }
    if (isOutcome) await this.#keep({ ...this.#kept, sent: [...this.#kept.sent, verb] });
  }

  /** One of the statements that the standard defines. */
  #defined(verb: string, result?: object, isOutcome = false): Statement {
    const duration = `PT${((Date.now() - (this.#session?.began ?? 0)) / 1000).toFixed(2)}S`;
    return this.#statement(verb, result && { ...result, duration }, isOutcome ? ["cmi5", "moveon"] : ["cmi5"]);
  }

  /** Further data for the platform: scores so far and, if the course reports them, skills and choices. */
  #scores({ score, skills, interactions }: Report): Statement {
    const scores = Object.fromEntries(skills.map(({ id, score }) => [id, score / 100]));
    const extensions = {
      ...(skills.length ? { [`${pack.iri}:skills`]: scores } : {}),
      ...(interactions.length ? { [`${pack.iri}:choices`]: interactions } : {}),
    };
    return this.#statement("scored", { score: scored(score), ...(Object.keys(extensions).length ? { extensions } : {}) }, []);
  }

  #statement(verb: string, result: object | undefined, categories: string[]): Statement {
    const template = this.#launch.contextTemplate ?? {};
    const { category = [], ...activities } = template.contextActivities ?? {};
    const all = [...category, ...categories.map((each) => ({ id: CATEGORIES + each }))];
    return {
      id: crypto.randomUUID(),
      timestamp: new Date().toISOString(),
      actor: JSON.parse(given("actor")) as unknown,
      verb: { id: VERBS + verb, display: { en: verb } },
      object: { objectType: "Activity", id: given("activityId") },
      ...(result ? { result } : {}),
      context: { ...template, registration: given("registration"), contextActivities: { ...activities, ...(all.length ? { category: all } : {}) } },
    };
  }
}

const scored = (score: number | null) => ({ scaled: (score ?? 0) / 100, raw: score ?? 0, min: 0, max: 100 });

/** The address of a document that the platform stores for this trainee. */
function documented(id: string): string {
  const query = { stateId: id, activityId: given("activityId"), agent: given("actor"), registration: given("registration") };
  return `activities/state?${new URLSearchParams(query)}`;
}

/** The session of this page before it was reloaded, since the token is issued only once. */
function remembered(): Session | null {
  try {
    return JSON.parse(sessionStorage.getItem(remembers) ?? "null") as Session | null;
  } catch {
    return null;
  }
}

async function fetched(): Promise<Session | null> {
  const answer = (await (await fetch(given("fetch"), { method: "POST" })).json()) as { "auth-token"?: string };
  const token = answer["auth-token"];
  return token ? { token, sent: [], began: Date.now() } : null;
}

launch(new Cmi5());
