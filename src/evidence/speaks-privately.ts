/** Resources that hold confidential facts alone: for everything public they do not exist (spec 0.3-9). */
import { codingsOf } from '../fhir/codings.ts';
import type { FhirResource, QuestionnaireResponseItem } from '../fhir/types.ts';
import type { SourceIndex } from './source-index.ts';

/** Whether a resource states something, and nothing but confidential facts. */
export function speaksPrivately(resource: FhirResource, index: SourceIndex): boolean {
  switch (resource.resourceType) {
    case 'Observation':
    case 'Condition': {
      const matches = index.match(resource.resourceType, codingsOf(resource.code));
      return matches.length > 0 && matches.every(({ fact }) => fact.confidential);
    }
    case 'QuestionnaireResponse':
      return answered(resource.item, index) === 'private';
    default:
      return false;
  }
}

type Answered = 'nothing' | 'private' | 'public';

/** Ends at the first public answer. */
function answered(items: QuestionnaireResponseItem[] | undefined, index: SourceIndex): Answered {
  let found: Answered = 'nothing';
  for (const item of items ?? []) {
    for (const part of partsOf(item, index)) {
      if (part === 'public') return part;
      if (part === 'private') found = part;
    }
  }
  return found;
}

function* partsOf(item: QuestionnaireResponseItem | undefined, index: SourceIndex): Generator<Answered> {
  if (item?.answer?.length) {
    for (const { confidential } of index.answers(item.linkId)) yield confidential ? 'private' : 'public';
  }
  yield answered(item?.item, index);
  for (const answer of item?.answer ?? []) yield answered(answer?.item, index);
}
