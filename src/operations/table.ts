/** The operations that are offered. A row is all that another one needs. */
import { assessOperation } from './assess.ts';
import { extractOperation } from './extract-operation.ts';
import type { Operation } from './operation.ts';
import type { OperationParameter } from './parameters.ts';
import { populateOperation } from './populate-operation.ts';
import { validateOperation } from './validate-operation.ts';

const takes = (name: string, type: string, min: number, max: '1' | '*', documentation: string): OperationParameter => ({
  name,
  type,
  min,
  max,
  documentation,
});

const CHART = [
  takes('chart', 'Bundle', 0, '*', 'What is recorded of the person; only the given resources are read'),
  takes('searched', 'code', 0, '*', 'A type of which the chart holds all there is: what is missing is then "none"'),
  takes('encounter', 'Reference', 0, '1', 'The encounter in which this happens'),
];

export const OPERATIONS: readonly Operation[] = [
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
