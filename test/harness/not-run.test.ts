/** What was not run is named, and with REQUIRE_ALL=1 it is a failure. */
import { afterEach, expect, jest, test } from '@jest/globals';

type Reporter = {
  onTestResult: (test: unknown, result: { testResults: { status: string; ancestorTitles: string[] }[] }) => void;
  onRunComplete: () => void;
  getLastError: () => Error | undefined;
};

const { default: NotRunReporter } = (await import('./not-run-reporter.js' as string)) as {
  default: new (config: { testNamePattern?: string }) => Reporter;
};

const before = process.env.REQUIRE_ALL;
afterEach(() => {
  if (before === undefined) delete process.env.REQUIRE_ALL;
  else process.env.REQUIRE_ALL = before;
  jest.restoreAllMocks();
});

const results = (status: string) => ({
  testResults: [
    { status, ancestorTitles: ['a file', 'needs Some Program'] },
    { status, ancestorTitles: ['needs Some Program'] },
    { status: 'passed', ancestorTitles: ['needs Another'] },
    { status, ancestorTitles: [] },
  ],
});

/** What is said at the end, and whether the run fails. */
function report(status: string, requireAll: string, config = {}) {
  process.env.REQUIRE_ALL = requireAll;
  const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const reporter = new NotRunReporter(config);
  reporter.onTestResult(undefined, results(status));
  reporter.onRunComplete();
  return { said: said.mock.calls.map(([text]) => text), failed: reporter.getLastError() !== undefined };
}

test('when a program was not found then it is named once, and the run fails only if all is required', () => {
  const said = ['Not run: Some Program (not found)\n'];
  expect(report('pending', '')).toEqual({ said, failed: false });
  jest.restoreAllMocks();
  expect(report('pending', '1')).toEqual({ said, failed: true });
});

test('when everything ran, or only what was named by -t, then nothing is said', () => {
  expect(report('passed', '1')).toEqual({ said: [], failed: false });
  expect(report('pending', '1', { testNamePattern: 'some' })).toEqual({ said: [], failed: false });
});
