/** The operations that are offered. A row is all that another one needs. */
import { applyActivity, applyAsBundle, applyOperation } from './apply.ts';
import { assessOperation } from './assess.ts';
import { dataRequirements } from './data-requirements.ts';
import { extractOperation } from './extract-operation.ts';
import type { Operation } from './operation.ts';
import { RECORD, takes } from './parameters.ts';
import { populateOperation } from './populate-operation.ts';
import { validateOperation } from './validate-operation.ts';

const CHART = [...RECORD, takes('encounter', 'Reference', 0, '1', 'The encounter in which this happens')];

const PREFETCH = {
  ...takes('prefetchData', 'Element', 0, '*', 'What a prefetch template gave; a key without data was empty'),
  part: [
    takes('key', 'string', 1, '1', 'The key of the discovery answer'),
    takes('descriptor', 'Resource', 0, '1', 'Not read'),
    takes('data', 'Resource', 0, '1', 'Resource or Bundle'),
  ],
};

const APPLY = [
  takes('subject', 'string', 1, '1', 'The person: Patient/id'),
  takes('encounter', 'string', 0, '1', 'The encounter in which this happens: Encounter/id'),
  takes('practitioner', 'string', 0, '1', 'Who asks; read from the data'),
  takes('organization', 'string', 0, '1', 'Where it happens; read from the data'),
  takes('userType', 'CodeableConcept', 0, '1', 'What kind of user asks: `%userType`'),
  takes('userLanguage', 'CodeableConcept', 0, '1', 'The language of the user: `%userLanguage`'),
  takes('userTaskContext', 'CodeableConcept', 0, '1', 'What the user is doing: `%userTaskContext`'),
  takes('setting', 'CodeableConcept', 0, '1', 'Where it happens: `%setting`'),
  takes('settingContext', 'CodeableConcept', 0, '1', 'More of where it happens: `%settingContext`'),
  takes('data', 'Bundle', 0, '*', 'What is known of the person; no other server is asked'),
  takes('searched', 'code', 0, '*', 'A type of which there is nothing: that it is missing from the data is "none"'),
  PREFETCH,
];

const PLAN = [
  takes('url', 'canonical', 0, '1', 'A plan that is served here, at type level'),
  takes(
    'planDefinition',
    'PlanDefinition',
    0,
    '1',
    'A plan of the request: refused (422), unless the site allows it; then only in $apply at type level by POST',
  ),
];

const APPLY_TEXT =
  'Applies a plan to a person: actions that apply, as drafts and proposals. What is confidential is left to $assess. What could not be read or evaluated is said in an OperationOutcome.';

export const OPERATIONS: readonly Operation[] = [
  {
    code: 'apply',
    resource: 'PlanDefinition',
    at: ['type', 'instance'],
    title: 'Apply',
    description: APPLY_TEXT,
    base: 'http://hl7.org/fhir/OperationDefinition/PlanDefinition-apply',
    input: [...PLAN, ...APPLY],
    output: [takes('return', 'CarePlan', 1, '1', 'Contains the RequestGroup and the drafts')],
    run: applyOperation,
  },
  {
    code: 'r5.apply',
    resource: 'PlanDefinition',
    at: ['type', 'instance'],
    title: 'Apply as Bundle',
    description: APPLY_TEXT,
    base: 'http://hl7.org/fhir/uv/cpg/OperationDefinition/cpg-plandefinition-apply',
    input: [...PLAN, ...APPLY],
    output: [takes('return', 'Bundle', 1, '1', 'The RequestGroup first, then what it refers to')],
    run: applyAsBundle,
  },
  {
    code: 'data-requirements',
    resource: 'PlanDefinition',
    at: ['type', 'instance'],
    title: 'Data requirements',
    description: 'What a plan reads of a person, with the query that is asked for it.',
    base: 'http://hl7.org/fhir/OperationDefinition/PlanDefinition-data-requirements',
    input: PLAN,
    output: [takes('return', 'Library', 1, '1', 'A module definition')],
    run: dataRequirements,
  },
  {
    code: 'apply',
    resource: 'ActivityDefinition',
    at: ['type', 'instance'],
    title: 'Apply activity',
    description: 'The draft of an activity for a person.',
    base: 'http://hl7.org/fhir/OperationDefinition/ActivityDefinition-apply',
    input: [
      takes('url', 'canonical', 0, '1', 'An activity that is served here, at type level'),
      takes('activityDefinition', 'ActivityDefinition', 0, '1', 'Refused: expressions do not come from requests'),
      ...APPLY,
    ],
    output: [takes('return', 'Resource', 1, '1', 'The draft')],
    run: applyActivity,
  },
  {
    code: 'assess',
    resource: 'PlanDefinition',
    at: ['type', 'instance'],
    title: 'Assess',
    description:
      'Answers to the questions of a plan, and a chart if there is one, through the same rules as the hooks. A second GuidanceResponse, marked as restricted, holds what rests on confidential answers.',
    input: [
      takes('plan', 'canonical', 0, '1', 'The plan, at type level; needed when several are served'),
      takes('response', 'QuestionnaireResponse', 0, '*', 'Answers; older ones too, if there are any'),
      takes('subject', 'Reference', 0, '1', 'The person, when the response does not say it'),
      ...CHART,
    ],
    output: [
      takes('return', 'Bundle', 1, '1', 'GuidanceResponse, RequestGroup with drafts, and the evidence as Parameters'),
    ],
    run: assessOperation,
  },
  {
    code: 'populate',
    resource: 'Questionnaire',
    at: ['type', 'instance'],
    title: 'Populate',
    description:
      'Fills in what the chart says, by the same evidence rules as the hooks. Each answer names its source and time, and is none of the person until the mark is taken off. Confidential questions are never filled in.',
    base: 'http://hl7.org/fhir/uv/sdc/OperationDefinition/Questionnaire-populate',
    input: [
      takes('canonical', 'canonical', 0, '1', 'The Questionnaire, at type level'),
      takes('subject', 'Reference', 1, '1', 'The person'),
      ...CHART,
    ],
    output: [
      takes('response', 'QuestionnaireResponse', 1, '1', 'Unfinished; what the chart does not say is not answered'),
      takes('issues', 'OperationOutcome', 0, '1', 'What was read and not used'),
    ],
    run: populateOperation,
  },
  {
    code: 'extract',
    resource: 'QuestionnaireResponse',
    at: ['type'],
    title: 'Extract',
    description:
      'Observations from a completed response, as a transaction. Confidential, disabled and merely filled-in answers are left out, and so is what has no code.',
    base: 'http://hl7.org/fhir/uv/sdc/OperationDefinition/QuestionnaireResponse-extract',
    input: [takes('questionnaire-response', 'QuestionnaireResponse', 1, '1', 'The completed response')],
    output: [takes('return', 'Bundle', 1, '1', 'A transaction')],
    run: extractOperation,
  },
  {
    code: 'validate',
    resource: 'QuestionnaireResponse',
    at: ['type'],
    title: 'Validate',
    description:
      'A response against the Questionnaire that it answers: version, linkIds, types, options, ranges, what is required, what is disabled.',
    base: 'http://hl7.org/fhir/OperationDefinition/Resource-validate',
    input: [takes('resource', 'QuestionnaireResponse', 1, '1', 'The response')],
    output: [takes('return', 'OperationOutcome', 1, '1', 'Every finding, with its place')],
    run: validateOperation,
  },
];
