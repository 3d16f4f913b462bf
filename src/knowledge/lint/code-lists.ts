/** Codes that the engine knows, kept equal to its types by the compiler. */
import type { Derivation } from '../derivation.ts';
import type {
  FactClass,
  FactDefinition,
  Meaning,
  OrderPart,
  PregnancyRole,
  SourceResource,
} from '../fact-definition.ts';
import type { Gate, HookCondition, Indicator, RaiseKind } from '../topic.ts';

const listed = <T extends string>(codes: Record<T, true>): readonly string[] => Object.keys(codes);

export const FACT_CLASSES = listed<FactClass>({
  symptom: true,
  context: true,
  measured: true,
  observer: true,
  private: true,
  record: true,
});

export const SOURCE_RESOURCES = listed<SourceResource>({
  Observation: true,
  Condition: true,
  Procedure: true,
  EpisodeOfCare: true,
  Encounter: true,
  Patient: true,
  QuestionnaireResponse: true,
  MedicationRequest: true,
  MedicationStatement: true,
  List: true,
});

export const DERIVATIONS = listed<Derivation['kind']>({
  rise: true,
  fall: true,
  'fall-from-usual': true,
  'pair-ratio': true,
  count: true,
});

export const ORDER_PARTS = listed<OrderPart>({
  ingredient: true,
  form: true,
  reason: true,
  category: true,
  service: true,
  'daily-dose': true,
  'single-dose': true,
  'not-recognised': true,
});

export const PREGNANCY_ROLES = listed<PregnancyRole>({
  status: true,
  test: true,
  'test-level': true,
  known: true,
  'how-far': true,
  lmp: true,
  'lmp-certain': true,
  missed: true,
  end: true,
  'end-date': true,
  'edd-scan': true,
  'edd-lmp': true,
  recorded: true,
  located: true,
  'fetal-heart': true,
  care: true,
  'cycle-irregular': true,
  persisting: true,
  'recorded-age': true,
});

export const CONFLICT_RULES = listed<Exclude<FactDefinition['conflict'], 'default'>>({
  'own-answer-only': true,
  newest: true,
});

export const MEANINGS = listed<Meaning>({ positive: true, negative: true, 'not-sure': true });
export const PREGNANCY_MEANINGS = ['pregnant', 'possible', 'not', 'ended', 'ended-may-persist', 'not-ended'];
export const GATES = listed<Gate>({ PREG: true, POSS: true, ENDED: true, LATEPOST: true, OUT: true });
export const INDICATORS = listed<Indicator>({ info: true, warning: true, critical: true });
export const RAISE_KINDS = listed<RaiseKind>({
  asked: true,
  measured: true,
  private: true,
  closing: true,
  strict: true,
});
export const HOOK_CONDITIONS = listed<HookCondition>({
  unresolved: true,
  late: true,
  reopened: true,
  'wrong-service': true,
  always: true,
});

/** FHIR R4 value sets with required binding, as far as the engine honours their codes. */
export const PUBLICATION_STATUS = ['draft', 'active', 'retired', 'unknown'];
export const REQUEST_PRIORITY = ['routine', 'urgent', 'asap', 'stat'];
export const ARTIFACT_TYPES = [
  'documentation',
  'justification',
  'citation',
  'predecessor',
  'successor',
  'derived-from',
  'depends-on',
  'composed-of',
];
export const ITEM_TYPES = ['choice', 'integer', 'decimal', 'quantity', 'date', 'boolean'];
export const ENABLE_OPERATORS = ['exists', '=', '!=', '>', '<', '>=', '<='];
export const ACTIVITY_KINDS = ['ServiceRequest', 'Task', 'CommunicationRequest', 'MedicationRequest'];

/** The hooks of CDS Hooks 2.0. */
export const HOOKS = [
  'patient-view',
  'encounter-start',
  'encounter-discharge',
  'appointment-book',
  'order-select',
  'order-sign',
];
