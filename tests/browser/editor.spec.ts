// What an editor knows of a course: a YAML language server, asked as VS Code asks it, offers and underlines the course's own names.

import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "@playwright/test";
import { createMessageConnection, type MessageConnection } from "vscode-jsonrpc/node";
import { amends, repository, temporary } from "./program";

const TALK = "content/scenarios/cold-dinner.yaml";

let work: string;
let course: string;
let server: ChildProcess;
let editor: MessageConnection;

interface Fault {
  range: { start: Place };
  message: string;
}
interface Place {
  line: number;
  character: number;
}

const uri = (path: string): string => pathToFileURL(join(course, path)).href;

test.beforeEach(async () => {
  work = temporary();
  course = join(work, "course");
  amends("new", "--quiet", course);
  amends("schema", "--quiet", "--site", course);
  const program = join(repository, "node_modules/yaml-language-server/bin/yaml-language-server");
  server = spawn(process.execPath, [program, "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
  editor = createMessageConnection(server.stdout!, server.stdin!);
  const settings = JSON.parse(readFileSync(join(course, ".vscode/settings.json"), "utf8")) as {
    "yaml.schemas": Record<string, string | string[]>;
  };
  const schemas = Object.entries(settings["yaml.schemas"]).map(([path, files]) => [uri(path), files]);
  const yaml = { schemas: Object.fromEntries(schemas) as object, validate: true, completion: true, schemaStore: { enable: false } };
  editor.onRequest("workspace/configuration", ({ items }: { items: { section: string }[] }) =>
    items.map(({ section }) => (section === "yaml" ? yaml : null)),
  );
  editor.onRequest("client/registerCapability", () => null);
  editor.listen();
  const folder = { uri: pathToFileURL(course).href, name: "course" };
  await editor.sendRequest("initialize", {
    processId: process.pid,
    rootUri: folder.uri,
    workspaceFolders: [folder],
    capabilities: { workspace: { configuration: true, workspaceFolders: true, didChangeConfiguration: { dynamicRegistration: true } } },
  });
  await editor.sendNotification("initialized", {});
  await editor.sendNotification("workspace/didChangeConfiguration", { settings: { yaml } });
});
test.afterEach(() => {
  editor.dispose();
  server.kill();
  rmSync(work, { recursive: true });
});

/** Opens a text as the conversation, and gives what is underlined. */
async function faults(text: string, version: number): Promise<Fault[]> {
  const told = new Promise<Fault[]>((found) => {
    editor.onNotification("textDocument/publishDiagnostics", (said: { uri: string; diagnostics: Fault[] }) => {
      if (said.uri === uri(TALK)) found(said.diagnostics);
    });
  });
  await editor.sendNotification("textDocument/didOpen", {
    textDocument: { uri: uri(TALK), languageId: "yaml", version, text },
  });
  return told;
}

/** Where a text ends in another. */
function after(part: string, text: string): Place {
  const lines = text.slice(0, text.indexOf(part) + part.length).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}

test("names of the course are offered, and others are underlined", async () => {
  const text = readFileSync(join(course, TALK), "utf8");
  expect(await faults(text, 1)).toEqual([]);

  const SLIPS = [
    ["then: story", "then: ", "stroy"],
    ["tests: [listen]", "tests: [", "lissen"],
    ["objectives: [hear-first", "objectives: [", "here-first"],
    ["\nnodes:", "\nmodel: ", "leea\nnodes:"],
  ] as const;
  for (const [at, [right, key, slip]] of SLIPS.entries()) {
    expect(text).toContain(right);
    const wrong = text.replace(right, key + slip);
    const found = await faults(wrong, at + 2);
    // Of a node that is wrong, it may also say that it is no ending.
    expect(found.map((fault) => fault.range.start), slip).toContainEqual(after(key, wrong));
  }

  const OFFERED = [
    ["then: story", "then: s", "story"],
    ["tests: [listen", "tests: [a", "apologize"],
    ["hear-first, own-the-fix", "hear-first, o", "own-the-fix"],
    ["\nnodes:", "\nmodel: l", "leaa"],
  ] as const;
  for (const [at, [right, begun, name]] of OFFERED.entries()) {
    const open = text.replace(right, right === "\nnodes:" ? begun + right : begun);
    await faults(open, at + 10);
    const list = await editor.sendRequest<{ items: { label: string }[] }>("textDocument/completion", {
      textDocument: { uri: uri(TALK) },
      position: after(begun, open),
    });
    expect(list.items.map((item) => item.label), begun).toContain(name);
  }
});

test("a new moment is known once the course is looked at again", async () => {
  const text = readFileSync(join(course, TALK), "utf8").replace("then: story", "then: porch");
  expect(await faults(text, 1)).toHaveLength(1);
  writeFileSync(join(course, TALK), text.replace("\nnodes:", "\nnodes:\n  porch: { ending: mixed, title: T, text: T }"));
  amends("schema", "--quiet", "--site", course);
  await editor.sendNotification("workspace/didChangeWatchedFiles", {
    changes: [{ uri: uri(".vscode/amends/scenario.schema.json"), type: 2 }],
  });
  await expect(async () => expect(await faults(text, 2)).toEqual([])).toPass();
});
