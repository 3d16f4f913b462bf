/**
 * A FHIR AuditEvent of a call that used a patient's data, in the shape of IHE Basic Audit Log Patterns "PatientRead"
 * (https://profiles.ihe.net/ITI/BALP). As that profile has it, who asks is the destination of the data and who answers
 * their source; what failed follows the shape and claims no profile, for the profiles are of successes.
 */
import type { AuditedCall } from '../cds-hooks/audited-call.ts';
import type { AuditEvent, AuditEventEntity } from '../fhir/types.ts';

const PROFILE = 'https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientRead';
const DICOM = 'http://dicom.nema.org/resources/ontology/DCM';
const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem';
/** The name of this software among agents. */
const SOFTWARE = 'pregnancy-back-pain-cds';

/** FHIR's codes: 0 success, 4 minor failure (the request was at fault), 8 serious failure (ours). */
const OUTCOMES = { success: '0', refused: '4', failed: '8' } as const;
/** FHIR's codes of network addresses. */
const BY_ADDRESS = '2';
const BY_URI = '5';

export type Occasion = {
  id: string;
  /** Milliseconds since 1970. */
  recordedAt: number;
  /** Where the service is known. */
  serviceUrl: string;
};

/** The event of one call. */
export function auditEvent(call: AuditedCall, { id, recordedAt, serviceUrl }: Occasion): AuditEvent {
  const { issuer, address, user, outcome } = call;
  return {
    resourceType: 'AuditEvent',
    id,
    ...(outcome === 'success' && { meta: { profile: [PROFILE] } }),
    type: { system: `${TERMINOLOGY}/audit-event-type`, code: 'rest', display: 'RESTful Operation' },
    subtype: [{ system: 'http://hl7.org/fhir/restful-interaction', code: 'read', display: 'read' }],
    action: 'R',
    recorded: new Date(recordedAt).toISOString(),
    outcome: OUTCOMES[outcome],
    agent: [
      {
        type: { coding: [{ system: DICOM, code: '110152', display: 'Destination Role ID' }] },
        who:
          issuer === undefined ? { display: 'a client that nobody authenticated' } : { identifier: { value: issuer } },
        requestor: user === undefined,
        network: { address, type: BY_ADDRESS },
      },
      {
        type: { coding: [{ system: DICOM, code: '110153', display: 'Source Role ID' }] },
        who: { identifier: { value: SOFTWARE } },
        requestor: false,
        network: { address: serviceUrl, type: BY_URI },
      },
      ...(user === undefined ? [] : [userAgent(user)]),
    ],
    source: {
      observer: { identifier: { value: SOFTWARE } },
      type: [{ system: `${TERMINOLOGY}/security-source-type`, code: '4', display: 'Application Server' }],
    },
    entity: entities(call),
  };
}

const userAgent = (reference: string): AuditEvent['agent'][number] => ({
  type: {
    coding: [{ system: `${TERMINOLOGY}/v3-ParticipationType`, code: 'IRCP', display: 'information recipient' }],
  },
  who: { reference },
  requestor: true,
});

const entity = (what: AuditEventEntity['what'], type: [string, string], role?: [string, string]): AuditEventEntity => ({
  what,
  type: { system: `${TERMINOLOGY}/audit-entity-type`, code: type[0], display: type[1] },
  ...(role && { role: { system: `${TERMINOLOGY}/object-role`, code: role[0], display: role[1] } }),
});

function entities({ patientId, requestId, service }: AuditedCall): AuditEventEntity[] {
  return [
    entity({ reference: `Patient/${patientId}` }, ['1', 'Person'], ['1', 'Patient']),
    entity({ identifier: { value: service } }, ['2', 'System Object'], ['20', 'Job']),
    ...(requestId === undefined ? [] : [transaction(requestId)]),
  ];
}

const transaction = (value: string): AuditEventEntity => ({
  what: { identifier: { value } },
  type: {
    system: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType',
    code: 'XrequestId',
  },
});
