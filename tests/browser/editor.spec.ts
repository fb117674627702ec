// Editor support: a YAML language server, configured as in VS Code, completes the course's names and underlines unknown ones.

import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "@playwright/test";
import { createMessageConnection, type MessageConnection } from "vscode-jsonrpc/node";
import { amends, repository, temporary } from "./program";

const SCENARIO = "content/scenarios/cold-dinner.yaml";

let work: string;
let course: string;
let server: ChildProcess;
let editor: MessageConnection;

interface Diagnostic {
  range: { start: Position };
  message: string;
}
interface Position {
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

/** Opens a text as the scenario, and returns its diagnostics. */
async function diagnose(text: string, version: number): Promise<Diagnostic[]> {
  const published = new Promise<Diagnostic[]>((resolve) => {
    editor.onNotification("textDocument/publishDiagnostics", (message: { uri: string; diagnostics: Diagnostic[] }) => {
      if (message.uri === uri(SCENARIO)) resolve(message.diagnostics);
    });
  });
  await editor.sendNotification("textDocument/didOpen", {
    textDocument: { uri: uri(SCENARIO), languageId: "yaml", version, text },
  });
  return published;
}

/** The position right after the first occurrence of a part in a text. */
function positionAfter(part: string, text: string): Position {
  const lines = text.slice(0, text.indexOf(part) + part.length).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}

test("the course's names are completed, and unknown names are underlined", async () => {
  const text = readFileSync(join(course, SCENARIO), "utf8");
  expect(await diagnose(text, 1)).toEqual([]);

  const TYPOS = [
    ["then: story", "then: ", "stroy"],
    ["tests: [listen]", "tests: [", "lissen"],
    ["objectives: [hear-first", "objectives: [", "here-first"],
    ["\nnodes:", "\nmodel: ", "leea\nnodes:"],
  ] as const;
  for (const [at, [right, key, typo]] of TYPOS.entries()) {
    expect(text).toContain(right);
    const wrong = text.replace(right, key + typo);
    const diagnostics = await diagnose(wrong, at + 2);
    // A node with an error may also be reported as not being an ending.
    expect(diagnostics.map(({ range }) => range.start), typo).toContainEqual(positionAfter(key, wrong));
  }

  const COMPLETIONS = [
    ["then: story", "then: s", "story"],
    ["tests: [listen", "tests: [a", "apologize"],
    ["hear-first, own-the-fix", "hear-first, o", "own-the-fix"],
    ["\nnodes:", "\nmodel: l", "leaa"],
  ] as const;
  for (const [at, [right, typed, name]] of COMPLETIONS.entries()) {
    const open = text.replace(right, right === "\nnodes:" ? typed + right : typed);
    await diagnose(open, at + 10);
    const list = await editor.sendRequest<{ items: { label: string }[] }>("textDocument/completion", {
      textDocument: { uri: uri(SCENARIO) },
      position: positionAfter(typed, open),
    });
    expect(list.items.map((item) => item.label), typed).toContain(name);
  }
});

test("a new node is known once the schema is written again", async () => {
  const text = readFileSync(join(course, SCENARIO), "utf8").replace("then: story", "then: porch");
  expect(await diagnose(text, 1)).toHaveLength(1);
  writeFileSync(join(course, SCENARIO), text.replace("\nnodes:", "\nnodes:\n  porch: { ending: mixed, title: T, text: T }"));
  amends("schema", "--quiet", "--site", course);
  await editor.sendNotification("workspace/didChangeWatchedFiles", {
    changes: [{ uri: uri(".vscode/amends/scenario.schema.json"), type: 2 }],
  });
  await expect(async () => expect(await diagnose(text, 2)).toEqual([])).toPass();
});
