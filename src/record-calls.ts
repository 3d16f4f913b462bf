/** Calls that used a patient's data -> AuditEvents in the store. */
import { randomUUID } from 'node:crypto';
import { auditEvent } from './audit/audit-event.ts';
import type { RecordCall } from './cds-hooks/audited-call.ts';
import type { Store } from './store/open-store.ts';

/** @param serviceUrl where the service is known */
export function recordCalls({ audit }: Store, serviceUrl: string, clock: () => number): RecordCall {
  return (call) => {
    const [id, recordedAt] = [randomUUID(), clock()];
    audit.remember([{ id, recordedAt, event: JSON.stringify(auditEvent(call, { id, recordedAt, serviceUrl })) }]);
  };
}
