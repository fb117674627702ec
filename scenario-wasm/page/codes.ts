/** The entry point of the script that makes and reads result codes: the part of the engine that the player does not need, in
 *  a module of its own. It is fetched after a challenge that was recorded, and by the desk. Others request it by an event,
 *  since a classic script leaves no global behind. */

import { base64, bytesOf } from "./engine";

/** How much a course reports. */
export type Reporting = "minimal" | "scores" | "full";

/** The content of a code. */
export interface CodeInput {
  course: string;
  slug: string;
  graph: string;
  run: string[];
  final: number;
  reporting: Reporting;
  seed: number;
  seconds: number | undefined;
  who: string;
}

/** A trainer's desk. */
export interface Desk {
  /** Adds a scenario under its name and its former names, separated by commas. */
  put(names: string, graph: string): boolean;
  /** Adds a former version of a scenario, under its name at that time. */
  putBefore(slug: string, graph: string): boolean;
  read(text: string): void;
  clear(): void;
  report(): unknown;
  /** What was chosen in a row of the report. */
  turns(row: number): unknown;
  table(files: string[]): string;
}

/** The functions of the script. */
export interface Codes {
  /** Empty if the choices do not reach this final on this version of the scenario. */
  code(input: CodeInput): string;
  /** The same code under another name. */
  renamed(code: string, who: string): string;
  /** The key by which a name is compared. */
  key(who: string): string;
  /** Whether the names with these keys may belong to the same person. */
  near(one: string, other: string): boolean;
  desk(course: string, reporting: Reporting, best: boolean): Desk;
}

interface RawDesk {
  put(names: Uint8Array, graph: Uint8Array): boolean;
  put_before(slug: Uint8Array, graph: Uint8Array): boolean;
  read(composed: Uint8Array, typed: Uint8Array, decomposed: Uint8Array): void;
  clear(): void;
  report(): Uint8Array;
  turns(row: number): Uint8Array;
  table(files: Uint8Array): Uint8Array;
}

interface Glue {
  initSync(from: { module: BufferSource }): unknown;
  code(course: Uint8Array, slug: Uint8Array, graph: Uint8Array, run: Uint8Array, final: number, level: number, seed: number, seconds: number, who: Uint8Array): Uint8Array;
  renamed(code: Uint8Array, who: Uint8Array): Uint8Array;
  key(who: Uint8Array): Uint8Array;
  near(one: Uint8Array, other: Uint8Array): boolean;
  unescaped(text: Uint8Array): Uint8Array;
  Desk: { open(course: Uint8Array, level: number, best: boolean): RawDesk };
}

declare const wasm_bindgen: Glue;
/** Base64 of the deflated module. As letters it would be larger, and nobody waits for it. */
declare const AMENDS_WASM: string;

const LEVELS: Reporting[] = ["minimal", "scores", "full"];
/** The engine's value for an unknown time. */
const UNKNOWN = 0xffffffff;

const raw = (text: string) => new TextEncoder().encode(text);
const plain = (text: Uint8Array) => new TextDecoder().decode(text);

const codes: Codes = {
  code({ course, slug, graph, run, final, reporting, seed, seconds, who }) {
    const level = LEVELS.indexOf(reporting);
    return plain(wasm_bindgen.code(raw(course), raw(slug), bytesOf(graph), raw(run.join()), final, level, seed, seconds ?? UNKNOWN, raw(who.normalize())));
  },
  renamed: (code, who) => plain(wasm_bindgen.renamed(raw(code), raw(who.normalize()))),
  key: (who) => plain(wasm_bindgen.key(raw(who.normalize()))),
  near: (one, other) => wasm_bindgen.near(raw(one), raw(other)),
  desk(course, reporting, best) {
    const desk = wasm_bindgen.Desk.open(raw(course), LEVELS.indexOf(reporting), best);
    return {
      put: (names, graph) => desk.put(raw(names), bytesOf(graph)),
      putBefore: (slug, graph) => desk.put_before(raw(slug), bytesOf(graph)),
      read(text) {
        const typed = plain(wasm_bindgen.unescaped(raw(text)));
        desk.read(raw(typed.normalize()), raw(typed), raw(typed.normalize("NFD")));
      },
      clear: () => desk.clear(),
      report: () => JSON.parse(plain(desk.report())),
      turns: (row) => JSON.parse(plain(desk.turns(row))),
      table: (files) => plain(desk.table(raw(files.join("\n")))),
    };
  },
};

/** The request for the codes, with what to do if they are not available. */
export interface CodesRequest {
  then(codes: Codes): void;
  failed(): void;
}

/** Inflates and starts the module. Rejects if the browser, or a policy of the page, does not allow it. */
async function start(): Promise<void> {
  const deflated = new Response(base64(AMENDS_WASM)).body as ReadableStream<Uint8Array<ArrayBuffer>>;
  const module = await new Response(deflated.pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();
  wasm_bindgen.initSync({ module });
}

let started: Promise<void> | undefined;
document.addEventListener("amends:codes", (event) => {
  const { then, failed } = (event as CustomEvent<CodesRequest>).detail;
  started ??= start();
  started.then(() => then(codes)).catch(failed);
});
