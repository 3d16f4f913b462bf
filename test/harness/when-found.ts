/** Tests that need a program which is not part of the project. */
import { describe } from '@jest/globals';

/**
 * Describes tests that run where a program was found. Where it was not, `not-run-reporter.js` names it at the end of the
 * run, and with REQUIRE_ALL=1 that is a failure.
 */
export function whenFound(program: string, found: boolean, tests: () => void): void {
  (found ? describe : describe.skip)(`needs ${program}`, tests);
}
