/**
 * The result of `$apply`, which nobody keeps: a CarePlan that contains a RequestGroup and drafts (R4), or a Bundle of
 * them (CPG). In a RequestGroup every action holds actions or refers to a resource (rqg-1): words alone are a message.
 */
import type {
  Bundle,
  BundleEntry,
  CarePlan,
  CommunicationRequest,
  Extension,
  FhirResource,
  OperationOutcome,
  RequestGroup,
  RequestGroupAction,
} from '../fhir/types.ts';

/** An action with what stands below it, wherever its draft will be put. */
export type ActionNode = {
  action: Omit<RequestGroupAction, 'resource' | 'action'>;
  draft: FhirResource | undefined;
  nodes: ActionNode[];
};

/** Of which plan, for whom, when; and what is to be said of it. */
export type ApplyHeader = {
  canonical: string;
  title: string;
  description?: string | undefined;
  patientId: string;
  encounterId?: string | undefined;
  /** FHIR dateTime */
  authoredOn: string;
  /** `Type/id` of what it rests on. */
  evidence: string[];
  notes: string[];
  /** What could not be read, evaluated or used. */
  issues: OperationOutcome['issue'];
};

const MESSAGES = 'http://hl7.org/fhir/StructureDefinition/cqf-messages';
const SUPPORTING = 'http://hl7.org/fhir/StructureDefinition/workflow-supportingInfo';

/** Puts a resource somewhere and says how it is referred to. */
type Place = (resource: FhirResource) => string;

/** R4: everything inside one CarePlan. */
export function carePlanOf(header: ApplyHeader, nodes: ActionNode[]): CarePlan {
  const contained: FhirResource[] = [];
  const place: Place = (resource) => {
    const id = `${resource.resourceType.toLowerCase()}-${contained.length + 1}`;
    contained.push({ ...resource, id });
    return `#${id}`;
  };
  const extension = messages(header, place);
  const group = nodes.length > 0 ? [{ reference: { reference: place(requestGroupOf(header, nodes, place)) } }] : [];
  return {
    resourceType: 'CarePlan',
    ...(contained.length > 0 && { contained }),
    ...(extension.length > 0 && { extension }),
    instantiatesCanonical: [header.canonical],
    status: 'active',
    intent: 'proposal',
    title: header.title,
    ...(header.description && { description: header.description }),
    ...subjectOf(header),
    created: header.authoredOn,
    ...(group.length > 0 && { activity: group }),
    ...notesOf(header),
  };
}

/** CPG: a Bundle for the subject, the RequestGroup first. */
export function bundleOf(header: ApplyHeader, nodes: ActionNode[], newUuid: () => string): Bundle {
  const entry: BundleEntry[] = [];
  const place: Place = (resource) => {
    const fullUrl = `urn:uuid:${newUuid()}`;
    entry.push({ fullUrl, resource });
    return fullUrl;
  };
  const extension = messages(header, place);
  const group = { ...requestGroupOf(header, nodes, place), ...(extension.length > 0 && { extension }) };
  return {
    resourceType: 'Bundle',
    type: 'collection',
    timestamp: header.authoredOn,
    entry: [{ fullUrl: `urn:uuid:${newUuid()}`, resource: group }, ...entry],
  };
}

function requestGroupOf(header: ApplyHeader, nodes: ActionNode[], place: Place): RequestGroup {
  const evidence = header.evidence.map((reference): Extension => ({ url: SUPPORTING, valueReference: { reference } }));
  return {
    resourceType: 'RequestGroup',
    ...(evidence.length > 0 && { extension: evidence }),
    instantiatesCanonical: [header.canonical],
    status: 'active',
    intent: 'proposal',
    ...subjectOf(header),
    authoredOn: header.authoredOn,
    ...notesOf(header),
    ...(nodes.length > 0 && { action: nodes.map((node) => actionOf(node, header, place)) }),
  };
}

/** A draft of an action that holds others is the first of them. */
function actionOf({ action, draft, nodes }: ActionNode, header: ApplyHeader, place: Place): RequestGroupAction {
  if (nodes.length === 0) return { ...action, resource: { reference: place(draft ?? message(action, header)) } };
  const own = draft ? [{ ...(action.title && { title: action.title }), resource: { reference: place(draft) } }] : [];
  return { ...action, action: [...own, ...nodes.map((node) => actionOf(node, header, place))] };
}

function message({ title, description, textEquivalent }: ActionNode['action'], header: ApplyHeader): FhirResource {
  const texts = [title, description, textEquivalent].filter((text) => text !== undefined && text !== '');
  const request: CommunicationRequest = {
    resourceType: 'CommunicationRequest',
    status: 'draft',
    ...subjectOf(header),
    authoredOn: header.authoredOn,
    payload: texts.map((contentString) => ({ contentString: contentString ?? '' })),
  };
  return request;
}

const subjectOf = ({ patientId, encounterId }: ApplyHeader) => ({
  subject: { reference: `Patient/${patientId}` },
  ...(encounterId !== undefined && { encounter: { reference: `Encounter/${encounterId}` } }),
});

const notesOf = ({ notes }: ApplyHeader) => (notes.length > 0 ? { note: notes.map((text) => ({ text })) } : {});

function messages({ issues }: ApplyHeader, place: Place): Extension[] {
  if (issues.length === 0) return [];
  return [{ url: MESSAGES, valueReference: { reference: place({ resourceType: 'OperationOutcome', issue: issues }) } }];
}
