// Reads a JSON list of Mermaid texts on standard input, and prints for each what Mermaid's own
// parser makes of it: its nodes and edges, or the error.
import { JSDOM } from "jsdom";

const { window } = new JSDOM("");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false });

let input = "";
for await (const chunk of process.stdin) input += chunk;
const told = [];
for (const text of JSON.parse(input)) {
  try {
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const nodes = [...db.getVertices().values()].map((node) => node.text ?? node.label);
    told.push({ nodes, edges: db.getEdges().map((edge) => [edge.start, edge.end, edge.text]) });
  } catch (error) {
    told.push({ error: String(error) });
  }
}
process.stdout.write(JSON.stringify(told));
