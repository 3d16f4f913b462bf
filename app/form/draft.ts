/**
 * Answers that are kept on the device until they are sent, and no longer. Confidential answers are never among them.
 */
import type { Value } from './model/answers.ts';

type Draft = {
  answers: [string, readonly Value[]][];
  step: number;
  /** Set when she sent them: the identifier and time of the responses. */
  sending?: Sending;
};
export type Sending = { identifier: string; authored: string };

export type DraftStore = {
  load: () => Draft | undefined;
  save: (draft: Draft) => void;
  wipe: () => void;
};

const PREFIX = 'form-draft:';
/** What she said in the morning is not what she would say at night. */
const HOLDS_MS = 12 * 3_600_000;
/** What was sent and did not arrive is kept longer: it has its own time. */
const SENT_HOLDS_MS = 7 * 24 * 3_600_000;

/** @param key person, server and versions of the forms. A browser that keeps nothing is no error: the page then forgets */
export function draftsOf(key: string, now: () => number = Date.now): DraftStore {
  const name = `${PREFIX}${key}`;
  return {
    load: () => {
      tidy(now());
      const text = attempt(() => localStorage.getItem(name));
      return text ? (JSON.parse(text) as { draft: Draft }).draft : undefined;
    },
    save: (draft) => attempt(() => localStorage.setItem(name, JSON.stringify({ savedAt: now(), draft }))),
    wipe: () => attempt(() => localStorage.removeItem(name)),
  };
}

/** Takes away what is too old, or not to be read, of anybody. */
function tidy(now: number): void {
  attempt(() => {
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      if (!holds(localStorage.getItem(name), now)) localStorage.removeItem(name);
    }
  });
}

function holds(text: string | null, now: number): boolean {
  try {
    const { savedAt, draft } = JSON.parse(text ?? '') as { savedAt: number; draft: Draft };
    const age = now - savedAt;
    return Array.isArray(draft.answers) && age >= 0 && age < (draft.sending ? SENT_HOLDS_MS : HOLDS_MS);
  } catch {
    return false;
  }
}

function attempt<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
