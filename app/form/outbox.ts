/** Sends what was answered, again and again until it is there, and once: each response has an identifier of its own. */
import type { FhirResource, Observation, QuestionnaireResponse } from 'fhir/r4';
import type { HealthRecord } from './record.ts';
import { extracted, Refusal } from './service.ts';

/** `signed-out`: the record does not let the page in any more; what was answered waits for the next launch. */
export type Delivery = 'sending' | 'waiting' | 'sent' | 'refused' | 'signed-out';

export type Outbox = {
  /** Tries at once, whatever the back-off says. */
  tryNow: () => void;
  stop: () => void;
};

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

/** @param responses each with an identifier @param report called whenever the state changes */
export function deliver(
  record: HealthRecord,
  responses: QuestionnaireResponse[],
  report: (state: Delivery) => void,
): Outbox {
  let wait = FIRST_WAIT_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  let over = false;
  const stored = new Map<QuestionnaireResponse, string>();

  async function attempt(): Promise<void> {
    if (running || over) return;
    clearTimeout(timer);
    running = true;
    report(stored.size < responses.length ? 'sending' : 'sent');
    try {
      for (const response of responses) {
        if (!stored.has(response)) stored.set(response, await createOnce(record, response, tokenOf(response)));
      }
      report('sent');
      for (const response of responses)
        await createDerived(record, { ...response, id: stored.get(response) as string });
      finish();
    } catch (error) {
      fail(error);
    } finally {
      running = false;
    }
  }

  function fail(error: unknown): void {
    const isDone = stored.size === responses.length;
    if (error instanceof Refusal && !isPassing(error.status)) {
      // The response holds everything; what is derived from it is a convenience of the record.
      const isSignedOut = error.status === 401 && record.reopenUrl !== undefined;
      if (!isDone) report(isSignedOut ? 'signed-out' : 'refused');
      finish();
      return;
    }
    if (!isDone) report('waiting');
    timer = setTimeout(attempt, wait);
    wait = Math.min(2 * wait, LONGEST_WAIT_MS);
  }

  function finish(): void {
    over = true;
    removeEventListener('online', tryNow);
  }

  function tryNow(): void {
    wait = FIRST_WAIT_MS;
    void attempt();
  }

  addEventListener('online', tryNow);
  void attempt();
  return {
    tryNow: () => {
      over = over && stored.size === responses.length;
      tryNow();
    },
    stop: () => {
      clearTimeout(timer);
      finish();
    },
  };
}

/** Busy, or not to be reached through whatever stands before it: the same request may pass later. */
const isPassing = (status: number): boolean => status >= 500 || status === 408 || status === 425 || status === 429;

const tokenOf = ({ identifier }: QuestionnaireResponse): string =>
  `identifier=${encodeURIComponent(`${identifier?.system ?? ''}|${identifier?.value ?? ''}`)}`;

/**
 * Creates a resource unless it is there: by `If-None-Exist`, and, since servers may not know that header, by looking
 * first. An answer that was lost is found at the next try. @returns its id
 */
async function createOnce(record: HealthRecord, resource: FhirResource, condition: string): Promise<string> {
  const known = await idOf(record, resource.resourceType, condition);
  if (known !== undefined) return known;
  const headers = { 'if-none-exist': condition };
  const created = await record
    .send({ path: resource.resourceType, body: resource, headers })
    .catch((error: unknown) => {
      // Several match: it is there.
      if (error instanceof Refusal && error.status === 412) return undefined;
      throw error;
    });
  const id = created?.resourceType === resource.resourceType ? created.id : undefined;
  return id ?? (await idOf(record, resource.resourceType, condition)) ?? '';
}

/** The id of what matches; a server that does not let the page search is trusted to know the header. */
async function idOf(record: HealthRecord, type: string, condition: string): Promise<string | undefined> {
  // A token for one patient may want her named.
  const found = await record
    .send({ path: `${type}?patient=${record.patientId}&${condition}` })
    .catch((error: unknown) => {
      if (error instanceof Refusal && !isPassing(error.status)) return undefined;
      throw error;
    });
  return found?.resourceType === 'Bundle'
    ? found.entry?.find(({ resource }) => resource?.resourceType === type)?.resource?.id
    : undefined;
}

async function createDerived(record: HealthRecord, response: QuestionnaireResponse & { id: string }): Promise<void> {
  if (response.id === '') return;
  const { entry = [] } = await extracted(response);
  for (const { resource, request } of entry) {
    if (resource && request?.ifNoneExist) await createOnce(record, resource as Observation, request.ifNoneExist);
  }
}
