// Reads Argdown on standard input, and prints what Argdown's own parser makes of it.
import { argdown } from "@argdown/core";

let input = "";
for await (const chunk of process.stdin) input += chunk;
const told = argdown.run({ process: ["parse-input", "build-model"], input, throwExceptions: true });
const statements = Object.values(told.statements ?? {}).map((statement) => ({
  id: statement.title,
  text: statement.members.find((member) => member.text)?.text ?? "",
  data: statement.data ?? {},
}));
const relations = (told.relations ?? []).map((relation) => [
  relation.from.title,
  relation.relationType,
  relation.to.title,
]);
const errors = [...(told.lexerErrors ?? []), ...(told.parserErrors ?? [])].map((error) =>
  String(error.message ?? error),
);
process.stdout.write(JSON.stringify({ statements, relations, errors, title: told.frontMatter?.title }));
