/** The extensions that the engine honours, by the level they stand at (docs/knowledge-format.md). */
import {
  CONFLICT_RULES,
  DERIVATIONS,
  FACT_CLASSES,
  GATES,
  HOOK_CONDITIONS,
  HOOKS,
  INDICATORS,
  MEANINGS,
  ORDER_PARTS,
  PREGNANCY_MEANINGS,
  PREGNANCY_ROLES,
  RAISE_KINDS,
  SOURCE_RESOURCES,
} from './code-lists.ts';
import type { Level } from './parts.ts';

/** What an extension holds: one of some values, or limbs. */
export type Shape = {
  values?: readonly string[];
  /** Codes allowed in `valueCode`. */
  codes?: readonly string[];
  limbs?: Readonly<Record<string, Shape>>;
  many?: true;
  required?: true;
};

const one = (...types: string[]): Shape => ({ values: types.map((type) => `value${type}`) });
const code = (codes?: readonly string[]): Shape => ({ values: ['valueCode'], ...(codes && { codes }) });
const many = (shape: Shape): Shape => ({ ...shape, many: true });
const required = (shape: Shape): Shape => ({ ...shape, required: true });
const limbs = (shapes: Record<string, Shape>): Shape => ({ limbs: shapes });

const number = one('Decimal', 'Integer');
const window = { yes: one('Duration'), no: one('Duration'), value: one('Duration'), 'no-in-hospital': one('Duration') };

const SOURCE = limbs({
  resource: required(code([...SOURCE_RESOURCES, 'Order'])),
  code: many(one('Coding')),
  prefix: many(one('Coding')),
  panel: many(one('Coding')),
  value: code(),
  map: many(limbs({ from: required(one('Coding')), to: required(code()) })),
  item: one('String'),
  history: one('Boolean'),
  resolved: one('Boolean'),
  holds: one('Duration'),
  'held-for': one('Duration'),
  'onset-within': one('Duration'),
  part: one('String'),
  'order-part': code(ORDER_PARTS),
  'value-set': one('Canonical'),
});

const DERIVATION = limbs({
  kind: required(code(DERIVATIONS)),
  of: one('String'),
  within: one('Duration'),
  'at-least': number,
  apart: one('Duration'),
  tolerance: one('Duration'),
});

/** How far the words in a language were checked. */
const TRANSLATION_STATUS = many(limbs({ lang: required(code()), status: required(code(['draft', 'reviewed'])) }));

/** Beside a string (`_text`), at every level. */
export const BESIDE_STRINGS: Readonly<Record<string, Shape>> = {
  translation: many(limbs({ lang: required(code()), content: required(one('String', 'Markdown')) })),
};

/** By level, then by the last part of the url. Levels that are missing take no extension at all. */
export const KNOWN_EXTENSIONS: Partial<Record<Level, Readonly<Record<string, Shape>>>> = {
  questionnaire: {
    'translation-status': TRANSLATION_STATUS,
    'fact-window': many(limbs({ class: required(code(FACT_CLASSES)), ...window, 'worse-within': one('Duration') })),
    'closing-when': one('Expression'),
    'code-map': many(one('Canonical')),
    'standard-answer': many(limbs({ coding: required(one('Coding')), meaning: required(code(MEANINGS)) })),
  },
  group: { confidential: one('Boolean') },
  item: {
    'fact-class': code(FACT_CLASSES),
    'fact-label': one('String'),
    'fact-source': many(SOURCE),
    'fact-window': limbs(window),
    'normal-range': limbs({ from: number, to: number, above: number, below: number }),
    'plausible-range': one('Range'),
    discriminating: one('Boolean', 'Decimal', 'Integer'),
    confidential: one('Boolean'),
    'closing-when': one('Expression'),
    'closed-by': one('Expression'),
    'value-when-unknown': one('Boolean', 'Decimal', 'Integer', 'Quantity'),
    'conflict-rule': code(CONFLICT_RULES),
    'set-by': one('Expression'),
    'ends-episode': one('Boolean'),
    'this-pregnancy': one('Boolean'),
    derivation: DERIVATION,
    'molar-mass': one('Decimal', 'Integer'),
    'pregnancy-role': code(PREGNANCY_ROLES),
    'questionnaire-unitOption': many(one('Coding')),
    'questionnaire-hidden': one('Boolean'),
    'questionnaire-itemControl': one('CodeableConcept'),
    'questionnaire-sliderStepValue': one('Integer'),
    entryFormat: one('String'),
    minValue: one('Integer', 'Decimal', 'Date', 'Quantity'),
    maxValue: one('Integer', 'Decimal', 'Date', 'Quantity'),
  },
  option: {
    'answer-meaning': code(MEANINGS),
    'pregnancy-meaning': code(PREGNANCY_MEANINGS),
    'gestation-range': one('Range'),
    'questionnaire-optionExclusive': one('Boolean'),
  },
  plan: {
    'translation-status': TRANSLATION_STATUS,
    variable: many(one('Expression')),
    'patient-text': many(limbs({ code: required(code()), text: required(one('String')), gate: many(code(GATES)) })),
    'gate-note': many(limbs({ gate: required(code(GATES)), text: required(one('String')) })),
    'gestation-unknown-text': one('String'),
    'hook-note': many(
      limbs({
        hook: required(many(code(HOOKS))),
        title: one('String'),
        text: one('String'),
        'patient-text': code(),
        when: one('Expression'),
        'encounter-class': many(code()),
      }),
    ),
    'private-card': limbs({
      hook: many(code(HOOKS)),
      summary: required(one('String')),
      ask: required(one('String')),
      instruction: required(one('String')),
    }),
    'level-history': limbs({ hook: required(many(code(HOOKS))), gap: required(one('Duration')) }),
    'site-setting': many(limbs({ name: required(code()), option: required(many(code())) })),
  },
  moment: { 'gate-prefix': many(limbs({ gate: required(code(GATES)), text: required(one('String')) })) },
  level: {
    'level-indicator': required(code(INDICATORS)),
    'level-target': one('Duration'),
    'override-silences': one('Duration'),
    'raise-when-open': many(
      limbs({ when: required(code(RAISE_KINDS)), level: required(code()), gate: required(many(code(GATES))) }),
    ),
    'at-hook': many(
      limbs({
        hook: required(many(code(HOOKS))),
        when: required(code(HOOK_CONDITIONS)),
        indicator: required(code(INDICATORS)),
        words: required(one('String')),
      }),
    ),
    'wrong-service': many(one('Coding')),
    'patient-text': many(one('Code', 'String')),
  },
  rule: {
    variable: many(one('Expression')),
    'runs-in': many(code(GATES)),
    'patient-text': many(one('Code', 'String')),
    'review-due': required(one('Date')),
    'suppressed-when': one('Expression'),
    'twin-of': code(),
    'also-show': many(code()),
    'gestation-unknown-text': one('String'),
    'evaluated-last': one('Boolean'),
    private: one('Boolean'),
    'show-rules': many(code()),
  },
  action: { 'patient-text': many(one('Code', 'String')) },
  alternative: { discriminating: many(one('String', 'Code')) },
  activity: { 'service-role': code() },
  concept: { 'valueset-concept-comments': one('String') },
};
