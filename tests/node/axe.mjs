// Opens a page in Chromium without a network, light and dark, and prints what axe finds, what the
// page asked of the network, and how many pages it prints.
// node axe.mjs CHROMIUM PAGE.html
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [executablePath, file] = process.argv.slice(2);
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"];
const browser = await chromium.launch({ executablePath, args });
const told = { violations: [], requests: [], errors: [] };
for (const colorScheme of ["light", "dark"]) {
  const page = await browser.newPage({ colorScheme, offline: true });
  page.on("request", (request) => told.requests.push(request.url()));
  page.on("pageerror", (error) => told.errors.push(String(error)));
  await page.goto(`file://${file}`);
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run());
  told.violations.push(
    ...found.violations.map((one) => `${colorScheme}: ${one.id}: ${one.nodes[0].html.slice(0, 200)}`),
  );
  told.text = await page.evaluate(() => document.body.innerText);
  told.pdf = (await page.pdf()).length;
}
await browser.close();
process.stdout.write(JSON.stringify(told));
