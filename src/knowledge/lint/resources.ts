/** Resources of the knowledge files: of a kind that is read, with a url that is theirs alone. */
import { resourcesIn } from '../../fhir/bundles.ts';
import type { FhirResource } from '../../fhir/types.ts';
import type { KnowledgeFile, Problem } from '../sources.ts';
import { incompleteCodings } from './codings.ts';
import { unhonouredElements } from './elements.ts';
import { wrongEnableWhen } from './enable-when.ts';
import { faultyExpression } from './expressions.ts';
import { wrongExtensions } from './extensions.ts';
import { type Part, partsOf } from './parts.ts';
import { wrongCodes } from './required-codes.ts';
import { problems } from './subject.ts';
import { incompleteTerms } from './term-rules.ts';
import { wrongLanguageStatus, wrongTranslations } from './translations.ts';

/** Read by the engine, or documentation of what it reads. */
const KINDS = new Set([
  'PlanDefinition',
  'Questionnaire',
  'ActivityDefinition',
  'StructureDefinition',
  'CodeSystem',
  'ValueSet',
  'ConceptMap',
  'OperationDefinition',
]);

/** What holds of every part of every resource. */
const PART_RULES: ((part: Part) => string[])[] = [
  unhonouredElements,
  wrongExtensions,
  wrongCodes,
  incompleteCodings,
  faultyExpression,
  incompleteTerms,
  wrongTranslations,
];

/** Findings about resources one by one. */
export function wrongResources(files: KnowledgeFile[]): Problem[] {
  const all = files.flatMap(({ file, resource }) => resourcesIn(resource).map((found) => ({ file, resource: found })));
  const urls = all.map(({ resource }) => urlOf(resource));
  const repeated = all.filter((_, at) => urls.indexOf(urls[at]) !== at);
  return [
    ...files.flatMap(({ file, resource }) => problems(file, nameOf(resource), wrongBundle(resource))),
    ...repeated.flatMap(({ file, resource }) => problems(file, nameOf(resource), [`${urlOf(resource)} is used twice`])),
    ...all.flatMap(({ file, resource }) => [
      ...problems(file, nameOf(resource), [...unread(resource), ...wrongLanguageStatus(resource)]),
      ...wrongParts(file, resource),
    ]),
  ];
}

function wrongParts(file: string, resource: FhirResource): Problem[] {
  const findings = resource.resourceType === 'Questionnaire' ? wrongEnableWhen(resource) : [];
  return [
    ...partsOf(resource).flatMap((part) =>
      problems(
        file,
        part.element,
        PART_RULES.flatMap((rule) => rule(part)),
      ),
    ),
    ...findings.map((finding) => ({ file, ...finding })),
  ];
}

const wrongBundle = (resource: FhirResource): string[] =>
  resource.resourceType === 'Bundle' && resource.type !== 'collection' ? ['the Bundle is no collection'] : [];

function unread(resource: FhirResource): string[] {
  if (!KINDS.has(resource.resourceType)) return [`a ${resource.resourceType} is not read: ${[...KINDS].join(', ')}`];
  const reasons = urlOf(resource) ? [] : ['the resource has no url: nothing can refer to it'];
  if (resource.resourceType !== 'ActivityDefinition') return reasons;
  if (!resource.title) reasons.push('the activity has no title: the label of the suggestion');
  if (!resource.code && !resource.productCodeableConcept) reasons.push('the activity has no code');
  return reasons;
}

const nameOf = (resource: FhirResource): string => resource.id ?? resource.resourceType;
const urlOf = (resource: FhirResource): string | undefined => ('url' in resource ? resource.url : undefined);
