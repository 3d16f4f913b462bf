/** The page and the service agree on which questions are open: they cannot share the code, so they share these people. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answers, Value } from '../../app/form/model/answers.ts';
import { disabledIn } from '../../app/form/model/enable-when.ts';
import type {
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireItemEnableWhen,
  QuestionnaireResponseItemAnswer,
} from '../../src/fhir/types.ts';
import { loadTopics } from '../../src/knowledge/load.ts';
import { disabledItems } from '../../src/operations/enable-when.ts';

type Given = { value: Value; answer: QuestionnaireResponseItemAnswer };
type Condition = Omit<QuestionnaireItemEnableWhen, 'question' | 'operator'>;

const UNIT = { unit: 'cm', system: 'http://unitsofmeasure.org', code: 'cm' };

/** By type of question: some answers, and what a condition may compare them with. */
const KINDS: Record<string, { given: Given[]; wanted: Condition[] }> = {
  choice: {
    given: ['Y', 'N'].map((code) => ({ value: code, answer: { valueCoding: { system: 'urn:yn', code } } })),
    wanted: ['Y', 'N'].map((code) => ({ answerCoding: { system: 'urn:yn', code } })),
  },
  integer: {
    given: [1, 2, 3].map((value) => ({ value, answer: { valueInteger: value } })),
    wanted: [2].map((answerInteger) => ({ answerInteger })),
  },
  date: {
    given: ['2026-01-01', '2026-02-01'].map((value) => ({ value, answer: { valueDate: value } })),
    wanted: [{ answerDate: '2026-02-01' }],
  },
  quantity: {
    given: [1, 2, 3].map((value) => ({ value: { value, unit: 'cm' }, answer: { valueQuantity: { value, ...UNIT } } })),
    wanted: [{ answerQuantity: { value: 2, ...UNIT } }],
  },
};
const TYPES = Object.keys(KINDS);
const OPERATORS = ['exists', '=', '!=', '>', '<', '>=', '<='] as const;

const anyCondition = fc
  .record({
    at: fc.nat(TYPES.length - 1),
    operator: fc.constantFrom(...OPERATORS),
    exists: fc.boolean(),
    pick: fc.nat(9),
  })
  .map(({ at, operator, exists, pick }): QuestionnaireItemEnableWhen => {
    const type = TYPES[at] ?? '';
    const { wanted = [] } = KINDS[type] ?? {};
    // Codes have no order.
    const own = type === 'choice' && !['exists', '!='].includes(operator) ? '=' : operator;
    return {
      question: type,
      operator: own,
      ...(own === 'exists' ? { answerBoolean: exists } : wanted[pick % wanted.length]),
    };
  });

const anyForm: fc.Arbitrary<Questionnaire> = fc
  .array(fc.record({ conditions: fc.array(anyCondition, { maxLength: 3 }), all: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((rules) => {
    const own = (linkId: string, at: number): QuestionnaireItem => {
      const { conditions = [], all = false } = rules[at] ?? {};
      const enableWhen = conditions.filter(({ question }) => question !== linkId);
      return {
        linkId,
        type: (TYPES.includes(linkId) ? linkId : 'string') as 'string',
        ...(enableWhen.length > 0 && { enableWhen, enableBehavior: all ? 'all' : 'any' }),
      };
    };
    const items = TYPES.map((type, at) => own(type, at));
    const group: QuestionnaireItem = { ...own('group', 4), type: 'group', item: [own('inside', 5)] };
    return { resourceType: 'Questionnaire', status: 'draft', item: [...items, group] };
  });

const anyAnswers = fc.record(
  Object.fromEntries(TYPES.map((type) => [type, fc.option(fc.constantFrom(...(KINDS[type]?.given ?? [])))])),
);

function agree(form: Questionnaire, given: Map<string, Given[]>): string[] {
  const answers: Answers = new Map([...given].map(([linkId, list]) => [linkId, list.map(({ value }) => value)]));
  const item = [...given].map(([linkId, list]) => ({ linkId, answer: list.map(({ answer }) => answer) }));
  const closed = [...disabledItems(form, { resourceType: 'QuestionnaireResponse', status: 'completed', item })].sort();
  expect([...disabledIn(form as never, answers)].sort()).toEqual(closed);
  return closed;
}

test('over every operator and type', () => {
  let closed = 0;
  fc.assert(
    fc.property(anyForm, anyAnswers, (form, answers) => {
      const given = Object.entries(answers).flatMap(([linkId, one]): [string, Given[]][] =>
        one ? [[linkId, [one]]] : [],
      );
      closed += agree(form, new Map(given)).length;
    }),
    { numRuns: 3000, seed: 20_261_126 },
  );
  expect(closed).toBeGreaterThan(1000);
});

const forms = loadTopics('.').flatMap(({ questionnaires }) => questionnaires);
const questionsIn = (items: QuestionnaireItem[] = []): QuestionnaireItem[] =>
  items.flatMap((item) => [item, ...questionsIn(item.item)]);

test.each(forms.map((form) => [form.id ?? '', form] as const))('over the questions of %s', (_id, form) => {
  const questions = questionsIn(form.item).filter(({ answerOption }) => answerOption?.length);
  fc.assert(
    fc.property(fc.array(fc.nat(20), { minLength: questions.length, maxLength: questions.length }), (rolls) => {
      const given = questions.flatMap(({ linkId, answerOption = [] }, at): [string, Given[]][] => {
        const valueCoding = answerOption[rolls[at] ?? 0]?.valueCoding;
        return valueCoding?.code ? [[linkId, [{ value: valueCoding.code, answer: { valueCoding } }]]] : [];
      });
      agree(form, new Map(given));
    }),
    { numRuns: 300, seed: 20_261_126 },
  );
});
