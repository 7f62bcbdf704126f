/** A reporter for vitest: one plain line of counts, and the engines whose tests were skipped. */

/** The mark that tests/engines/require.ts puts in the name of a test it skips. */
const NEEDS = /\[needs ([\w-]+): (.*)\]$/;

/** @typedef {import('vitest/node').Reporter} Reporter */

/** @implements {Reporter} */
export default class SummaryReporter {
  /**
   * @param {ReadonlyArray<import('vitest/node').TestModule>} modules
   * @param {ReadonlyArray<unknown>} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    /** @type {Map<string, string>} */
    const missing = new Map();
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        count[state]++;
        const [, engine, why] = NEEDS.exec(test.name) ?? [];
        if (engine && why && state === 'skipped') missing.set(engine, why);
      }
      // A file that can't be loaded has no tests to count, and yet it failed.
      if (module.errors().length > 0) count.failed++;
    }
    count.failed += unhandledErrors.length;

    if (missing.size > 0) console.log('\nEngines whose tests were skipped:');
    for (const [engine, why] of missing) console.log(`  ${engine}: ${why}`);
    // `pending` are tests that a stopped run never came to.
    console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped + count.pending} skipped`);
  }
}
