/** What the rules of the lint look at: a compiled topic together with the files it was read from. */
import type { PlanDefinition, QuestionnaireItem } from '../../fhir/types.ts';
import { leafItems } from '../compile-topic.ts';
import type { FactDefinition } from '../fact-definition.ts';
import type { Located, Problem } from '../sources.ts';
import type { Topic } from '../topic.ts';

export type Subject = {
  topic: Topic;
  plan: PlanDefinition;
  /** The plan's file. */
  file: string;
  /** Facts with the items they are read from. */
  items: ItemOfFact[];
  /** The file of a Questionnaire by its url. */
  fileOf: (questionnaire: string) => string;
};

export type ItemOfFact = { item: QuestionnaireItem; fact: FactDefinition; file: string };

/** A rule of the lint about a whole topic. */
export type TopicRule = (subject: Subject) => Problem[];

/** @param files file of each Questionnaire by url */
export function subjectOf(
  topic: Topic,
  { file, resource: plan }: Located<PlanDefinition>,
  files: ReadonlyMap<string, string>,
): Subject {
  const fileOf = (questionnaire: string) => files.get(questionnaire) ?? file;
  const items = topic.questionnaires.flatMap(({ url = '', item }) =>
    leafItems(item).flatMap((leaf): ItemOfFact[] => {
      const fact = topic.factByName.get(leaf.linkId);
      return fact ? [{ item: leaf, fact, file: fileOf(url) }] : [];
    }),
  );
  return { topic, plan, file, items, fileOf };
}

/** Findings about one element. */
export const problems = (file: string, element: string, reasons: string[]): Problem[] =>
  reasons.map((reason) => ({ file, element, reason }));
