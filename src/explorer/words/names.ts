import type { Topic } from '../../knowledge/topic.ts';

/** What names mean. */
export type Names = Pick<Topic, 'factByName' | 'variableByName'>;
