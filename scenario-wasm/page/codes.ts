/** The entry point of the script that makes and reads result codes: the part of the engine that the player does not need, in
 *  a module of its own. It is fetched after a challenge that was recorded, and by the desk. Others request it by an event,
 *  since a classic script leaves no global behind. */

import { base64, bytesOf } from "./engine";

/** How much a course reports. */
export type Reporting = "minimal" | "scores" | "full";

/** The content of a code. */
interface CodeInput {
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

const codes = {
  /** Empty if the choices do not reach this final on this version of the scenario. */
  code({ course, slug, graph, run, final, reporting, seed, seconds, who }: CodeInput): string {
    const level = LEVELS.indexOf(reporting);
    return plain(wasm_bindgen.code(raw(course), raw(slug), bytesOf(graph), raw(run.join()), final, level, seed, seconds ?? UNKNOWN, raw(who.normalize())));
  },
  /** The same code under another name. */
  renamed: (code: string, who: string) => plain(wasm_bindgen.renamed(raw(code), raw(who.normalize()))),
  /** The key by which a name is compared. */
  key: (who: string) => plain(wasm_bindgen.key(raw(who.normalize()))),
  /** Whether the names with these keys may belong to the same person. */
  near: (one: string, other: string) => wasm_bindgen.near(raw(one), raw(other)),
  /** A trainer's desk. */
  desk(course: string, reporting: Reporting, best: boolean) {
    const desk = wasm_bindgen.Desk.open(raw(course), LEVELS.indexOf(reporting), best);
    return {
      /** Adds a scenario under its name and its former names, separated by commas. */
      put: (names: string, graph: string) => desk.put(raw(names), bytesOf(graph)),
      /** Adds a former version of a scenario, under its name at that time. */
      putBefore: (slug: string, graph: string) => desk.put_before(raw(slug), bytesOf(graph)),
      read(text: string): void {
        const typed = plain(wasm_bindgen.unescaped(raw(text)));
        desk.read(raw(typed.normalize()), raw(typed), raw(typed.normalize("NFD")));
      },
      clear: () => desk.clear(),
      report: (): unknown => JSON.parse(plain(desk.report())),
      /** What was chosen in a row of the report. */
      turns: (row: number): unknown => JSON.parse(plain(desk.turns(row))),
      table: (files: string[]) => plain(desk.table(raw(files.join("\n")))),
    };
  },
};

/** The functions of the script. */
export type Codes = typeof codes;
export type Desk = ReturnType<Codes["desk"]>;

/** The request for the codes: calls back with a promise, which rejects if they are not available. */
export type CodesRequest = (codes: Promise<Codes>) => void;

/** Inflates and starts the module. Rejects if the browser, or a policy of the page, does not allow it. */
async function start(): Promise<Codes> {
  const deflated = new Response(base64(AMENDS_WASM)).body as ReadableStream<Uint8Array<ArrayBuffer>>;
  const module = await new Response(deflated.pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();
  wasm_bindgen.initSync({ module });
  return codes;
}

let started: Promise<Codes> | undefined;
document.addEventListener("amends:codes", (event) => {
  (event as CustomEvent<CodesRequest>).detail((started ??= start()));
});
