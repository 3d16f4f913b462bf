/** Whose resource it is: one that is not shown to be this patient's is not read (security/bar D1). */
import { serverOf, typeAndId } from '../fhir/references.ts';
import type { FhirResource, Identifier, Patient, Reference } from '../fhir/types.ts';
import type { Chart } from './chart.ts';
import type { SetAsideReason } from './fact.ts';

/** The patient of a call, in all the ways in which a reference may name one. */
export type Owner = {
  id: string;
  /** `Patient/id` */
  reference: string;
  /** Base of the server that the id belongs to; undefined = absolute references name nobody. */
  server: string | undefined;
  identifiers: ReadonlySet<string>;
};

type Owned = FhirResource & { subject?: Reference; patient?: Reference; contained?: FhirResource[] };

/** What is known of the patient of a chart. */
export function ownerOf({ patientId, server, resources }: Chart): Owner {
  const reference = `Patient/${patientId}`;
  const patient = resources.find((resource) => resource.resourceType === 'Patient' && resource.id === patientId);
  return {
    id: patientId,
    reference,
    server: server === undefined ? onlyServer(resources, reference) : withoutSlash(server),
    identifiers: new Set(identifierKeys((patient as Patient | undefined)?.identifier)),
  };
}

/** Why a resource is not this patient's; undefined when it is. */
export function ownership(resource: FhirResource, owner: Owner): SetAsideReason | undefined {
  if (resource.resourceType === 'Patient') return resource.id === owner.id ? undefined : 'another-patient';
  const { subject, patient, contained } = resource as Owned;
  const named = subject ?? patient;
  if (named?.reference === owner.reference) return undefined;
  if (named?.reference === undefined) return byIdentifiers(named?.identifier && [named.identifier], owner);
  if (named.reference.startsWith('#')) return byIdentifiers(containedPatient(contained, named.reference), owner);
  return byReference(named.reference, owner);
}

/** The same id at another server is another person. */
function byReference(reference: string, owner: Owner): SetAsideReason | undefined {
  const named = typeAndId({ reference });
  if (named === undefined) return 'no-patient';
  if (named !== owner.reference) return 'another-patient';
  const server = serverOf(reference);
  if (server === undefined || withoutSlash(server) === owner.server) return undefined;
  return owner.server === undefined ? 'no-patient' : 'another-patient';
}

/** A business identifier names the patient only when the Patient itself has it. */
function byIdentifiers(identifiers: Identifier[] | undefined, owner: Owner): SetAsideReason | undefined {
  const keys = identifierKeys(identifiers);
  return keys.some((key) => owner.identifiers.has(key)) ? undefined : 'no-patient';
}

function containedPatient(contained: FhirResource[] | undefined, reference: string): Identifier[] | undefined {
  const found = (Array.isArray(contained) ? contained : []).find(
    (resource) => resource?.resourceType === 'Patient' && `#${resource.id}` === reference,
  );
  return (found as Patient | undefined)?.identifier;
}

function identifierKeys(identifiers: Identifier[] | undefined): string[] {
  if (!Array.isArray(identifiers)) return [];
  return identifiers.flatMap((found) => (found?.system && found.value ? [`${found.system}|${found.value}`] : []));
}

/** Without a named server: the one that every reference to the patient names. A mixture cannot be told apart. */
function onlyServer(resources: FhirResource[], patient: string): string | undefined {
  let only: string | undefined;
  for (const resource of resources) {
    const { subject, patient: of } = resource as Owned;
    const reference = (subject ?? of)?.reference;
    if (reference === undefined || typeAndId({ reference }) !== patient) continue;
    const server = serverOf(reference);
    if (server === undefined || (only !== undefined && withoutSlash(server) !== only)) return undefined;
    only = withoutSlash(server);
  }
  return only;
}

const withoutSlash = (base: string): string => (base.endsWith('/') ? base.slice(0, -1) : base);
