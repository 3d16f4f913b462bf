/** ValueSets and ConceptMaps as flat lists of parts. */
import type { Extensible } from '../../fhir/extensions.ts';
import type { ConceptMap, ValueSet } from '../../fhir/types.ts';

export type TermLevel =
  | 'valueSet'
  | 'include'
  | 'exclude'
  | 'concept'
  | 'filter'
  | 'conceptMap'
  | 'mapGroup'
  | 'mapElement'
  | 'mapTarget';

type TermPart = { level: TermLevel; element: string; node: Extensible };

/** The parts of a ValueSet. */
export function valueSetParts(set: ValueSet): TermPart[] {
  const element = set.id ?? 'ValueSet';
  const parts = (level: 'include' | 'exclude') =>
    (set.compose?.[level] ?? []).flatMap((node): TermPart[] => [
      { level, element, node },
      ...(node.concept ?? []).map((concept): TermPart => {
        return { level: 'concept', element: `${element}.${concept.code}`, node: concept };
      }),
      ...(node.filter ?? []).map((filter): TermPart => ({ level: 'filter', element, node: filter })),
    ]);
  return [{ level: 'valueSet', element, node: set }, ...parts('include'), ...parts('exclude')];
}

/** The parts of a ConceptMap. */
export function conceptMapParts(map: ConceptMap): TermPart[] {
  const element = map.id ?? 'ConceptMap';
  return [
    { level: 'conceptMap', element, node: map },
    ...(map.group ?? []).flatMap((group): TermPart[] => [
      { level: 'mapGroup', element, node: group },
      ...group.element.flatMap((entry): TermPart[] => [
        { level: 'mapElement', element: `${element}.${entry.code}`, node: entry },
        ...(entry.target ?? []).map((target): TermPart => {
          return { level: 'mapTarget', element: `${element}.${entry.code}`, node: target };
        }),
      ]),
    ]),
  ];
}
