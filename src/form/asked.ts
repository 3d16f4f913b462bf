import type { FactDefinition } from '../knowledge/fact-definition.ts';
import type { Topic } from '../knowledge/topic.ts';

/** Facts that the person answers and that may stand on a screen. */
export const askedOf = ({ facts }: Topic): FactDefinition[] =>
  facts.filter(({ class: of, readOnly, confidential }) => {
    return (of === 'symptom' || of === 'context') && !readOnly && !confidential;
  });
