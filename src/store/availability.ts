/** Whether the database can be used. While it is lost nobody waits for it, and it is tried again until it is back. */
import type { Logger } from 'pino';
import { ServiceError } from '../errors.ts';

const RETRY_MS = 1000;

export type Availability = {
  isLost: () => boolean;
  /** How often it was lost. */
  losses: () => number;
  /** Runs work on the database. @throws ServiceError `store-unavailable` at once while it is lost, or if the work fails */
  use: <T>(work: () => Promise<T>) => Promise<T>;
  /** To be called when the database is known to be lost. */
  lose: (error: unknown) => void;
  stop: () => void;
};

/**
 * Watches a database.
 * @param recover makes a database that was lost usable and writes what was owed to it; it is back when this resolves
 */
export function availability(recover: () => Promise<void>, log: Logger): Availability {
  let lost = false;
  let losses = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const retryLater = () => {
    if (!stopped) timer = setTimeout(() => void retry(), RETRY_MS).unref();
  };
  const retry = async () => {
    try {
      await recover();
      lost = false;
      log.warn('the database is back');
    } catch {
      retryLater();
    }
  };
  const lose = (error: unknown) => {
    if (lost || stopped) return;
    lost = true;
    losses += 1;
    log.error({ reason: reasonOf(error) }, 'the database is lost: cards are served, feedback is refused');
    retryLater();
  };
  return {
    isLost: () => lost,
    losses: () => losses,
    lose,
    use: async (work) => {
      if (lost) throw unavailable();
      try {
        return await work();
      } catch (error) {
        lose(error);
        throw unavailable();
      }
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

const unavailable = () =>
  new ServiceError('store-unavailable', 'This cannot be kept at the moment; send it again later');

/** The code alone: the message of a database may quote what was to be written. */
function reasonOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return String(code ?? name ?? 'unknown');
}
