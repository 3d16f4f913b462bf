/** What no answer may be, whatever was asked. */

const INSIDE = /node_modules|\bat [\w.<>]+ \(|\.[jt]s:\d+|\/(?:work|home|tmp|usr|root|app)\//;

/** The fault in words, or undefined. A request may be refused; it may not be answered with a failure of ours. */
export function faultOfAnswer(status: number, text: string): string | undefined {
  if (status >= 500 && status !== 503) return `status ${status}: ${text.slice(0, 200)}`;
  if (INSIDE.test(text)) return `shows its inside: ${INSIDE.exec(text)?.[0]}`;
  let body: { cards?: unknown; resourceType?: unknown };
  try {
    body = JSON.parse(text);
  } catch {
    return `is no JSON: ${text.slice(0, 100)}`;
  }
  if (status === 200) return Array.isArray(body.cards) ? undefined : 'is 200 without cards';
  return body.resourceType === 'OperationOutcome' ? undefined : `${status} without an OperationOutcome`;
}
