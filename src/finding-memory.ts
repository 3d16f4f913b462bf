/** The store as what a call may ask about findings: a lost or slow store means that everything is shown. */
import { createHmac } from 'node:crypto';
import type { FindingMemory } from './call-service/recall.ts';
import type { IssuedTo } from './cds-hooks/feedback.ts';
import type { Store } from './store/open-store.ts';

/**
 * @param to only what was said there counts
 * @param onUnread told when what was overridden is not known
 * @returns undefined while the store does not know the key of fingerprints
 */
export function findingMemory(
  { fingerprintKey, overrides }: Store,
  to: IssuedTo,
  onUnread: () => void,
): FindingMemory | undefined {
  const key = fingerprintKey();
  if (key === undefined) {
    onUnread();
    return undefined;
  }
  return {
    hash: (text) => createHmac('sha256', key).update(text).digest('base64url'),
    overridesOf: (fingerprint) =>
      overrides.of(to, fingerprint).catch(() => {
        onUnread();
        return undefined;
      }),
  };
}
