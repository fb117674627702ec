// Builds the courses under test, before any test is looked for.

import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { all, type Course } from "./courses";
import { build } from "./program";

export default function setup(): void {
  prepare(all);
}

export function prepare(courses: Course[]): void {
  for (const { source, site, changed } of courses) {
    if (changed) {
      rmSync(source, { recursive: true, force: true });
      cpSync(changed.of.source, source, { recursive: true });
      const settings = readFileSync(join(source, "site.yaml"), "utf8");
      writeFileSync(join(source, "site.yaml"), `${settings}\n${changed.settings}\n`);
    }
    build(source, site);
  }
}
