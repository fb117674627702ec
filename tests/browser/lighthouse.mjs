// Runs Lighthouse on the home page, a lesson and a scenario, served with gzip as hosts do. Prints the scores and fails unless
// accessibility, best practices and SEO all score 100.
//
//   node tests/browser/lighthouse.mjs SITE CHROMIUM

import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";

const site = resolve(process.argv[2] ?? "public");
const CHROME_PATH = process.argv[3] ?? "/usr/bin/chromium";
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".txt": "text/plain" };
const firstPage = (folder) => `${folder}/${readdirSync(join(site, folder)).sort()[0]}/index.html`;

const server = createServer(async (request, response) => {
  const file = join(site, new URL(request.url, "http://localhost").pathname);
  const bytes = await readFile(file).catch(() => null);
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  if (!bytes) response.writeHead(404, { "content-type": "text/plain" }).end();
  else response.writeHead(200, { "content-type": type, "content-encoding": "gzip", "cache-control": "max-age=600" }).end(gzipSync(bytes));
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));

let failed = false;
for (const path of ["index.html", firstPage("lessons"), firstPage("scenarios")]) {
  const url = `http://127.0.0.1:${server.address().port}/${path}`;
  const flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking";
  const lighthouse = resolve(import.meta.dirname, "../../node_modules/.bin/lighthouse");
  const { stdout } = await promisify(execFile)(
    lighthouse,
    // This audit fetches robots.txt from inside the page, which the page's own policy (connect-src 'none') forbids.
    [url, "--quiet", "--skip-audits=robots-txt", "--output=json", "--output-path=stdout", `--chrome-flags=${flags}`],
    { env: { ...process.env, CHROME_PATH }, maxBuffer: 1e8 },
  );
  const { categories, audits } = JSON.parse(stdout);
  const scores = Object.entries(categories).map(([name, { score }]) => [name, Math.round(score * 100)]);
  console.log(`${path}: ${scores.map(([name, score]) => `${name} ${score}`).join(", ")}`);
  for (const [name, score] of scores) {
    if (name === "performance" || score === 100) continue;
    failed = true;
    const refs = categories[name].auditRefs.filter(({ id, weight }) => weight && audits[id].score !== null && audits[id].score < 1);
    for (const { id } of refs) console.log(`  ${name}: ${audits[id].title} ${JSON.stringify(audits[id].details?.items ?? "").slice(0, 300)}`);
  }
}
server.close();
process.exitCode = failed ? 1 : 0;
