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

/** Read by the engine, or documentation of what it reads. */
const KINDS = new Set(['PlanDefinition', 'Questionnaire', 'ActivityDefinition', 'StructureDefinition', 'CodeSystem']);

/** What holds of every part of every resource. */
const PART_RULES: ((part: Part) => string[])[] = [
  unhonouredElements,
  wrongExtensions,
  wrongCodes,
  incompleteCodings,
  faultyExpression,
];

/** Findings about resources one by one. */
export function wrongResources(files: KnowledgeFile[]): Problem[] {
  const all = files.flatMap(({ file, resource }) => resourcesIn(resource).map((found) => ({ file, found })));
  const urls = all.map(({ found }) => urlOf(found));
  return [
    ...files.flatMap(({ file, resource }) => problems(file, nameOf(resource), wrongBundle(resource))),
    ...all.flatMap(({ file, found }, at) => [
      ...problems(file, nameOf(found), unread(found)),
      ...problems(file, nameOf(found), urls.indexOf(urls[at]) === at ? [] : [`the url ${urls[at]} is used twice`]),
      ...partsOf(found).flatMap((part) =>
        problems(
          file,
          part.element,
          PART_RULES.flatMap((rule) => rule(part)),
        ),
      ),
      ...(found.resourceType === 'Questionnaire' ? wrongEnableWhen(found) : []).map((finding) => ({
        file,
        ...finding,
      })),
      ...(found.resourceType === 'ActivityDefinition' && !found.title
        ? problems(file, nameOf(found), ['the activity has no title: the label of the suggestion'])
        : []),
    ]),
  ];
}

const wrongBundle = (resource: FhirResource): string[] =>
  resource.resourceType === 'Bundle' && resource.type !== 'collection' ? ['the Bundle is no collection'] : [];

function unread(resource: FhirResource): string[] {
  if (!KINDS.has(resource.resourceType)) return [`a ${resource.resourceType} is not read: ${[...KINDS].join(', ')}`];
  return urlOf(resource) ? [] : ['the resource has no url: nothing can refer to it'];
}

const nameOf = (resource: FhirResource): string => resource.id ?? resource.resourceType;
const urlOf = (resource: FhirResource): string | undefined => ('url' in resource ? resource.url : undefined);
