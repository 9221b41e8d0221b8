// Draws Mermaid texts in Chromium with Mermaid's own limits and without a network, and prints what
// a reader sees in each: the title, the groups, the nodes, or that it was not drawn.
// node draw.mjs CHROMIUM < a JSON list of texts
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

let input = "";
for await (const chunk of process.stdin) input += chunk;
const path = createRequire(import.meta.url).resolve("mermaid/dist/mermaid.min.js");
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"];
const browser = await chromium.launch({ executablePath: process.argv[2], args });
const page = await browser.newPage({ offline: true });
await page.addScriptTag({ path });
const told = [];
for (const text of JSON.parse(input)) {
  told.push(
    await page.evaluate(async (chart) => {
      globalThis.mermaid.initialize({ startOnLoad: false });
      document.body.innerHTML = (await globalThis.mermaid.render("drawn", chart)).svg;
      const seen = (wanted) =>
        [...document.querySelectorAll(wanted)].map((one) => one.querySelector("foreignObject")?.innerText ?? one.textContent);
      return { title: document.querySelector("svg title")?.textContent, nodes: seen("g.node"), groups: seen("g.cluster") };
    }, text),
  );
}
await browser.close();
process.stdout.write(JSON.stringify(told));
