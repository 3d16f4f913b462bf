/** Refuses elements that the engine does not honour: what stands in a file must be read, or be documentation. */
import { fieldsOf, type Level, type Part } from './parts.ts';

const METADATA = `resourceType id meta language text extension url identifier version name title status experimental date
  publisher contact description useContext jurisdiction purpose copyright approvalDate lastReviewDate effectivePeriod`;
const AUTHORS = 'subtitle usage topic author editor reviewer endorser relatedArtifact';

/** Elements that are honoured or purely documentary. */
const HONOURED: Record<Level, string> = {
  plan: `${METADATA} ${AUTHORS} type action`,
  artifact: 'id type label display citation url document resource',
  variable: 'id name description language expression',
  moment: 'id extension title description trigger input action',
  trigger: 'id type name',
  level: 'id extension title description code action',
  rule: 'id extension title textEquivalent priority code documentation condition timingDuration action',
  alternative: 'id extension name description language expression',
  citation: 'id type label display citation url',
  condition: 'id kind expression',
  expression: 'id description language expression',
  action: 'id extension title condition type definitionCanonical',
  questionnaire: `${METADATA} subjectType code item`,
  group: 'id extension linkId prefix text type enableWhen enableBehavior item',
  display: 'id linkId prefix text type enableWhen enableBehavior',
  item: 'id extension linkId code prefix text type enableWhen enableBehavior required repeats readOnly answerOption item',
  option: 'id extension valueCoding',
  enableWhen: `id question operator answerBoolean answerDecimal answerInteger answerDate answerCoding answerQuantity`,
  activity: `${METADATA} ${AUTHORS} kind code intent priority productCodeableConcept`,
  valueSet: `${METADATA} immutable compose`,
  include: 'id system concept filter',
  exclude: 'id system concept',
  concept: 'id extension code display',
  filter: 'id property op value',
  conceptMap: `${METADATA} sourceUri targetUri group`,
  mapGroup: 'id source target element unmapped',
  mapElement: 'id code display target',
  mapTarget: 'id code display equivalence comment',
};

const honoured = new Map(Object.entries(HONOURED).map(([level, names]) => [level, new Set(names.split(/\s+/))]));

/** One reason for each element of a part that is not honoured. */
export function unhonouredElements({ level, node }: Part): string[] {
  return [...fieldsOf(node).keys()]
    .filter((name) => !honoured.get(level)?.has(name.replace(/^_/, '')))
    .map((name) => `the element \`${name}\` is not honoured here: it would be silently ignored`);
}
