/** Names, at the end of a run, the programs whose tests did not run because they were not found (when-found.ts). */
const NEEDS = /^needs (.+)$/;

export default class NotRunReporter {
  #missing = new Set();
  #namePattern;

  constructor({ testNamePattern }) {
    this.#namePattern = testNamePattern;
  }

  onTestResult(_test, { testResults }) {
    // With -t most tests are left out on purpose.
    if (this.#namePattern) return;
    for (const { status, ancestorTitles } of testResults) {
      const program = ancestorTitles.map((title) => NEEDS.exec(title)?.[1]).find(Boolean);
      if (status === 'pending' && program) this.#missing.add(program);
    }
  }

  onRunComplete() {
    for (const program of this.#missing) process.stderr.write(`Not run: ${program} (not found)\n`);
  }

  /** Makes the run fail. */
  getLastError() {
    if (process.env.REQUIRE_ALL !== '1' || this.#missing.size === 0) return undefined;
    return new Error(`REQUIRE_ALL=1, and not found: ${[...this.#missing].join(', ')}`);
  }
}
