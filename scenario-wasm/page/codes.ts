/** The way into the script that makes and reads result codes: the part of the engine that the player has no need of, in
 *  a module of its own. It is fetched after a challenge that was recorded, and by the desk. Others ask for it by an
 *  event, for a classic script leaves no global behind. */

import { base64, bytesOf } from "./engine";

/** How much a course reports. */
export type Reporting = "minimal" | "scores" | "full";

/** What a code is made of. */
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
  /** A scenario under its name and those that it had, with commas between. */
  put(names: string, graph: string): boolean;
  /** A scenario as it was, under the name that it had then. */
  putBefore(slug: string, graph: string): boolean;
  read(text: string): void;
  clear(): void;
  report(): unknown;
  /** What was chosen in a row of the report. */
  turns(row: number): unknown;
  table(files: string[]): string;
}

/** What the script offers. */
export interface Codes {
  /** Nothing where the choices do not come to this final on this version of the scenario. */
  code(input: CodeInput): string;
  /** The same code under another name. */
  renamed(code: string, who: string): string;
  /** What a name is known by. */
  key(who: string): string;
  /** Whether the names that are known by these may be of one person. */
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
/** Base64 of the module, deflated: as letters it would be larger, and nobody waits for it. */
declare const AMENDS_WASM: string;

const LEVELS: Reporting[] = ["minimal", "scores", "full"];
/** What stands for an unknown time in the engine. */
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

/** Who asks for the codes, and hears when they cannot be had. */
export interface CodesRequest {
  then(codes: Codes): void;
  failed(): void;
}

/** Inflates and starts the module. Rejects where the browser, or a policy over the page, does not allow it. */
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
