// Reads the reports of all test projects, prints failures and skips for a person, and closes with
// the one line that others rely on: "N passed, N failed".
//
// usage: report.mjs FOLDER   (NAME.json: a CTRF or vitest report, NAME.exit: the project's exit code)
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
const LONGEST_MESSAGE_LINES = 40;
const totals = { passed: 0, failed: 0 };
const failures = [];
const skips = [];

for (const file of readdirSync(folder).filter((name) => name.endsWith(".exit")).sort()) {
  const project = file.slice(0, -".exit".length);
  const exit = Number(readFileSync(join(folder, file), "utf8"));
  const tests = readTests(join(folder, `${project}.json`));
  const failedHere = tests.filter((test) => test.status === "failed");

  totals.passed += tests.filter((test) => test.status === "passed").length;
  skips.push(...tests.filter((test) => test.status === "skipped").map((test) => ({ project, ...test })));
  failures.push(...failedHere.map((test) => ({ project, ...test })));

  // A project that ends badly with no failed test has broken outside of them: that is a failure too.
  if (exit !== 0 && failedHere.length === 0) {
    failures.push({
      project,
      name: "(the project itself)",
      message: `It ended with code ${exit}${tests.length === 0 ? " and left no results" : ""}; see ${join(folder, `${project}.log`)}`,
    });
  }
}

totals.failed = failures.length;
for (const { project, name, message } of failures) {
  console.log(`\nFAILED ${project}: ${name}`);
  console.log(indent(message));
}

if (skips.length > 0) {
  console.log(`\n${skips.length} skipped:`);
  for (const { project, name, message } of skips) {
    console.log(`  ${project}: ${name}: ${message.split("\n")[0] || "no reason given"}`);
  }
}

console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;

function readTests(path) {
  let report;
  try {
    report = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return [];
  }

  return report.results?.tests ? report.results.tests.map(fromCtrf) : (report.testResults ?? []).flatMap(fromVitest);
}

function fromCtrf(test) {
  const status = test.status === "passed" || test.status === "failed" ? test.status : "skipped";
  return { name: test.name, status, message: [test.message ?? test.extra?.reason, test.trace].filter(Boolean).join("\n") };
}

// A file that does not load has no tests of its own, only a status and a message.
function fromVitest(file) {
  const tests = file.assertionResults.map((test) => ({
    name: test.fullName.trim(),
    status: test.status === "passed" || test.status === "failed" ? test.status : "skipped",
    message: (test.failureMessages ?? []).join("\n"),
  }));
  return file.status === "failed" && !tests.some((test) => test.status === "failed")
    ? [...tests, { name: file.name, status: "failed", message: file.message ?? "" }]
    : tests;
}

// The runtime's own frames say nothing about the fault.
function indent(text) {
  const lines = text.split("\n").filter((line) => !/^\s*at (System|Xunit|Shouldly|Microsoft)\./.test(line));
  const shown = lines.slice(0, LONGEST_MESSAGE_LINES);
  if (lines.length > shown.length) {
    shown.push(`… ${lines.length - shown.length} more lines`);
  }

  return shown.map((line) => `  ${line}`).join("\n");
}
