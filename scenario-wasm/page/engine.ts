/** The engine: the Rust code that scores, as WebAssembly. The build puts its glue and its bytes before this bundle, in one
 *  script. */

interface Glue {
  initSync(from: { module: BufferSource }): unknown;
  order(seed: number, node: number, count: number): Uint8Array;
  Player: { load(scenario: Uint8Array): RawPlayer | undefined };
}

/** Text crosses as UTF-8 bytes: the glue for strings would be larger than this. */
interface RawPlayer {
  view(): Uint8Array;
  choose(choice: number): boolean;
  undo(): boolean;
  restart(): void;
  replay(ids: Uint8Array): number;
  report(): Uint8Array;
}

declare const wasm_bindgen: Glue;
/** The module as letters, since inflating it is slow: browsers draw frames in between. */
declare const AMENDS_WASM: string;
/** Base64 of `reader.wat`, a module that reads letters. */
declare const AMENDS_READER: string;

interface Reader {
  memory: WebAssembly.Memory;
  read(end: number): number;
}

export type Mood = "furious" | "angry" | "frustrated" | "settled" | "won_back";

/** The current state of a play. */
export interface View {
  node: string;
  at: number;
  over: boolean;
  goodwill: number;
  mood: Mood;
  done: number;
  about: number;
  exact: boolean;
  /** By choice, in the author's order. */
  open: boolean[];
  /** The ids of the choices taken. */
  run: string[];
}

interface Score {
  exact: string;
  rounded: number;
}

/** A line of the ledger; `shown` is in tenths of a point. */
export interface Line {
  kind: "rating" | "order" | "slip" | "forfeit" | "cap";
  step: number | null;
  skill: number | null;
  shown: number;
  rating: number | null;
  /** For order: the skills, any of which would have been enough, as a set; bit 0 is the first skill. */
  needs: number;
  slip: number | null;
  carried: boolean;
  nothing_left: boolean;
  count: number;
}

export interface Step {
  node: string;
  choice: string;
  best: Score;
  method: "exact" | "bound";
}

export interface Report {
  final: Score | null;
  skills: { skill: number; score: Score }[];
  band: number | null;
  pass: boolean | null;
  mastery: boolean | null;
  cap: "serious" | "critical" | null;
  /** Before the first choice, then after each. */
  goodwill: number[];
  ledger: Line[];
  /** In tenths of a point. */
  lost: number;
  steps: Step[];
}

/** A play of one story. */
export class Engine {
  readonly #player: RawPlayer;

  /** Throws if the bytes are not a story of this version. */
  constructor(graph: string) {
    const player = wasm_bindgen.Player.load(bytesOf(graph));
    if (!player) throw new Error("no story of this version");
    this.#player = player;
  }

  view(): View {
    return parsed(this.#player.view()) as View;
  }

  /** Takes a choice by its index in the author's order. Throws if it is not open. */
  choose(choice: number): View {
    if (!this.#player.choose(choice)) throw new Error("not open");
    return this.view();
  }

  undo(): View {
    this.#player.undo();
    return this.view();
  }

  restart(): View {
    this.#player.restart();
    return this.view();
  }

  /** Plays these choices as far as they still fit, under their current ids. */
  replay(ids: string[]): View {
    this.#player.replay(new TextEncoder().encode(ids.join()));
    return this.view();
  }

  report(): Report {
    return parsed(this.#player.report()) as Report;
  }
}

/** Starts the module. Throws if the browser, or a policy of the page, does not allow it. */
export function start(): void {
  wasm_bindgen.initSync({ module: bytesOf(AMENDS_WASM) });
}

/** The order in which choices are shown, from a seed: indices in the author's order. */
export function shuffled(seed: number, node: number, count: number): number[] {
  return Array.from(wasm_bindgen.order(seed, node, count));
}

/** The worst first. */
export const moods: Mood[] = ["furious", "angry", "frustrated", "settled", "won_back"];

/** The mood for a goodwill, in the engine's words. */
export function moodOf(goodwill: number): Mood {
  return moods[Math.min(4, Math.floor(goodwill / 20))] as Mood;
}

function parsed(json: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(json));
}

let reader: Reader | undefined;

/** Decodes bytes from their form in the page: small numbers as capitals, letters of ids unchanged, everything else shifted
 *  up. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  reader ??= new WebAssembly.Instance(new WebAssembly.Module(base64(AMENDS_READER))).exports as unknown as Reader;
  const { memory, read } = reader;
  const lacks = text.length * 2 - memory.buffer.byteLength;
  if (lacks > 0) memory.grow((lacks >> 16) + 1);
  const { written } = new TextEncoder().encodeInto(text, new Uint8Array(memory.buffer));
  return new Uint8Array(memory.buffer, 0, read(written));
}

export function base64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
