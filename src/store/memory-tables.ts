/** The tables in this process's memory: for trying the service out where nothing else is installed. */
import type { FeedbackEntry } from '../cds-hooks/feedback.ts';
import type { IssuedCard } from '../cds-hooks/issued-cards.ts';
import type { Override } from '../cds-hooks/overrides.ts';
import { memoryAudit } from './memory-audit.ts';
import { countInMemory } from './memory-feedback.ts';
import { MOST_OVERRIDES, MOST_REMOVED, type Tables } from './tables.ts';

/** A demonstration that runs for weeks forgets its oldest cards instead of growing. */
const MOST_CARDS = 10_000;

/** Tables that are lost with the process. */
export function memoryTables(): Tables {
  const cards = new Map<string, { card: IssuedCard; feedback: Map<string, FeedbackEntry> }>();
  const overrides: { to: IssuedCard; override: Override }[] = [];
  const tokens = new Map<string, number>();
  const secrets = new Map<string, string>();
  return {
    ...memoryAudit(),
    insertCards: async (issued) => {
      for (const card of issued) if (!cards.has(card.uuid)) cards.set(card.uuid, { card, feedback: new Map() });
      for (const uuid of cards.keys()) {
        if (cards.size <= MOST_CARDS) break;
        cards.delete(uuid);
      }
    },
    knownCards: async ({ tenant, service }, uuids) =>
      new Set(
        uuids.filter((uuid) => {
          const card = cards.get(uuid)?.card;
          return card?.tenant === tenant && card.service === service;
        }),
      ),
    insertFeedback: async (entries, receivedAt) => {
      for (const entry of entries) {
        const kept = cards.get(entry.card);
        const key = `${entry.outcome} ${entry.outcomeTimestamp}`;
        if (!kept || kept.feedback.has(key)) continue;
        kept.feedback.set(key, entry);
        if (entry.outcome === 'overridden')
          overrides.push({ to: kept.card, override: overrideOf(kept.card, entry, receivedAt) });
        if (overrides.length > MOST_CARDS) overrides.shift();
      }
    },
    overridesOf: async ({ tenant, service }, fingerprint) =>
      overrides
        .filter(({ to }) => to.fingerprint === fingerprint && to.tenant === tenant && to.service === service)
        .map(({ override }) => override)
        .sort((one, other) => other.at - one.at)
        .slice(0, MOST_OVERRIDES),
    countFeedback: async (period) => countInMemory(cards.values(), period),
    keepSecret: async (name, secret) => {
      if (!secrets.has(name)) secrets.set(name, secret);
      return secrets.get(name) ?? secret;
    },
    insertTokens: async (used) => {
      const fresh = used.filter(({ token }) => !tokens.has(token));
      for (const { token, expires } of fresh) tokens.set(token, expires);
      return new Set(fresh.map(({ token }) => token));
    },
    removeTokens: async (expiredBefore) => {
      const old = [...tokens].filter(([, expires]) => expires < expiredBefore).slice(0, MOST_REMOVED);
      for (const [token] of old) tokens.delete(token);
      return old.length;
    },
    removeCards: async (issuedBefore) => {
      const old = [...cards].filter(([, { card }]) => card.issuedAt < issuedBefore).slice(0, MOST_REMOVED);
      for (const [uuid] of old) cards.delete(uuid);
      return old.length;
    },
  };
}

function overrideOf(
  { hook, level, plan }: IssuedCard,
  { outcomeTimestamp, overrideReason }: Extract<FeedbackEntry, { outcome: 'overridden' }>,
  receivedAt: number,
): Override {
  const { code, system } = overrideReason?.reason ?? {};
  const reason = code === undefined ? undefined : { code, system: system ?? undefined };
  return { at: Math.min(outcomeTimestamp, receivedAt), reason, hook, level, plan };
}
