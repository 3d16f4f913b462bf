/** `enableWhen` asks for an answer that can be given. */
import type { Questionnaire, QuestionnaireItem, QuestionnaireItemEnableWhen } from '../../fhir/types.ts';

type Named = { element: string; reason: string };

/** Findings about the `enableWhen` of a Questionnaire. */
export function wrongEnableWhen({ item }: Questionnaire): Named[] {
  const all = allItems(item);
  const byLinkId = new Map(all.map((found) => [found.linkId, found]));
  return all.flatMap(({ linkId, enableWhen = [], enableBehavior }) => {
    const reasons = enableWhen.flatMap((condition) =>
      reasonsAgainst(condition, byLinkId.get(condition.question), linkId),
    );
    if (enableWhen.length > 1 && !enableBehavior) reasons.push('several `enableWhen` without `enableBehavior`');
    return reasons.map((reason) => ({ element: linkId, reason }));
  });
}

function reasonsAgainst(
  condition: QuestionnaireItemEnableWhen,
  target: QuestionnaireItem | undefined,
  owner: string,
): string[] {
  const { question, operator, answerCoding } = condition;
  if (!target || target.type === 'group' || target.type === 'display') {
    return [`\`enableWhen\` names ${question}, which is no question of this Questionnaire`];
  }
  if (question === owner) return ['`enableWhen` asks the item about itself: it would never be shown'];
  const held = Object.keys(condition).filter((name) => name.startsWith('answer'));
  const meant = operator === 'exists' ? 'answerBoolean' : ANSWERS[target.type];
  if (held.length !== 1 || held[0] !== meant) {
    return [`\`enableWhen\` on ${question} holds ${held.join(', ') || 'no answer'} instead of ${meant ?? 'nothing'}`];
  }
  if (answerCoding === undefined) return [];
  const options = target.answerOption?.map(({ valueCoding }) => valueCoding) ?? [];
  const exists = options.some((option) => option?.code === answerCoding.code && option?.system === answerCoding.system);
  const reasons = exists ? [] : [`\`enableWhen\` asks for ${answerCoding.code}, which is no option of ${question}`];
  return operator === '=' || operator === '!=' ? reasons : [...reasons, `options of ${question} have no order`];
}

const ANSWERS: Partial<Record<QuestionnaireItem['type'], string>> = {
  choice: 'answerCoding',
  boolean: 'answerBoolean',
  integer: 'answerInteger',
  decimal: 'answerDecimal',
  date: 'answerDate',
  quantity: 'answerQuantity',
};

function allItems(items: QuestionnaireItem[] | undefined): QuestionnaireItem[] {
  return (items ?? []).flatMap((item) => [item, ...allItems(item.item)]);
}
