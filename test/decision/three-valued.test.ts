/** The atom tree gives what FHIRPath gives for the whole expression (design/architecture section 2). */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileExpression } from '../../src/fhir/fhirpath.ts';
import type { Condition } from '../../src/knowledge/condition.ts';
import { createEvaluation } from '../../src/knowledge/evaluate.ts';
import { loadTopics } from '../../src/knowledge/load.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import { anyBindings } from '../harness/facts.ts';

const [topic] = loadTopics('.') as [Topic];

/** The expression of a condition with every variable written out. */
function written(condition: Condition): string {
  if (condition.kind === 'atom') return expanded(condition.atom.expression);
  if (condition.kind === 'named') return written(condition.variable.condition);
  return `(${condition.parts.map(written).join(` ${condition.kind} `)})`;
}

function expanded(expression: string): string {
  return expression.replace(/%(\w+)/g, (whole, name: string) => {
    const variable = topic.variableByName.get(name);
    return variable ? `(${written(variable.condition)})` : whole;
  });
}

const alternatives = topic.groups.flatMap(({ rules }) => rules).flatMap((rule) => rule.alternatives);
const conditions = [
  ...alternatives.map(({ id, condition }) => ({ id, condition })),
  ...topic.variables.map(({ name, condition }) => ({ id: name, condition })),
].map(({ id, condition }) => ({ id, condition, whole: compileExpression(written(condition)) }));

test('when facts are random and partly unknown then every condition is as whole-expression FHIRPath has it', () => {
  let compared = 0;
  fc.assert(
    fc.property(anyBindings(topic), (bindings) => {
      const sizes = { atoms: topic.atoms.length, variables: topic.variableCount };
      const evaluation = createEvaluation({ ...bindings }, new Set(), sizes);
      for (const { id, condition, whole } of conditions) {
        const [expected] = whole(bindings);
        const found = evaluation.truthOf(condition);
        compared += 1;
        if (found !== expected) throw new Error(`${id}: ${String(found)} instead of ${String(expected)}`);
      }
      expect(evaluation.failures).toEqual([]);
    }),
    { numRuns: 150, seed: 20261125 },
  );
  expect(compared).toBeGreaterThan(15_000);
});

test('when only some options of a multiple choice are known then the others are unknown', () => {
  const variable = topic.variables.find(({ condition }) => {
    return condition.kind === 'atom' && condition.atom.leaf.shape.kind === 'option';
  });
  const condition = variable?.condition;
  if (condition?.kind !== 'atom' || condition.atom.leaf.shape.kind !== 'option') throw new Error('no option variable');
  const { name, option } = condition.atom.leaf.shape;
  const sizes = { atoms: topic.atoms.length, variables: topic.variableCount };
  const truth = (value: string[], partial: string[]) =>
    createEvaluation({ [name]: value }, new Set(partial), sizes).truthOf(condition);
  expect(truth(['another'], [name])).toBeUndefined();
  expect(truth(['another'], [])).toBe(false);
  expect(truth([option], [name])).toBe(true);
  expect(truth([], [name])).toBeUndefined();
});
