#!/usr/bin/env node
// Runs the program that the package for this system holds.

const { spawnSync } = require("node:child_process");

const name = `amends-${process.platform}-${process.arch}`;
let program;
try {
  program = require.resolve(`${name}/amends`);
} catch {
  console.error(`error: there is no package ${name}: install its file beside this one, if amends is packed for this system`);
  process.exit(2);
}
const { status, error } = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (error) console.error(`error: cannot run ${program}: ${error.message}`);
process.exit(status ?? 2);
