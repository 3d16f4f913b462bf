/** Candidates of one fact -> its value (spec B.1 "Conflicts, in this order"). */
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import type { Candidate, Fact, FactValue, SetAside } from './fact.ts';
import { negativesHold, notFresh } from './freshness.ts';
import { distanceFromNormal } from './statement.ts';

/** What resolving needs to know beside the candidates. */
export type ResolveAt = { now: number; inHospital: boolean };

/** Resolves one fact; what is not used is set aside with its reason. */
export function resolve(definition: FactDefinition, candidates: Candidate[], at: ResolveAt): Omit<Fact, 'unknown'> {
  const setAside: SetAside[] = [];
  const fresh = candidates.filter((candidate) => {
    const reason = notFresh(candidate, at.now, at.inHospital);
    if (reason) setAside.push({ ...describe(candidate), reason });
    return reason === undefined;
  });
  const used = choose(definition, fresh);
  for (const candidate of fresh) {
    if (!used.includes(candidate)) setAside.push({ ...describe(candidate), reason: 'older' });
  }
  const complete =
    definition.kind !== 'choices' || used.some((c) => c.complete && negativesHold(c, at.now, at.inHospital));
  return { definition, value: combined(definition, used), complete, used, setAside };
}

function choose(definition: FactDefinition, fresh: Candidate[]): Candidate[] {
  if (fresh.length === 0) return [];
  if (definition.kind === 'date') return fresh;
  if (definition.conflict === 'newest') return [worst(definition, newestOf(fresh))];
  if (definition.class === 'measured' && isNumeric(definition))
    return [worst(definition, nearNewest(definition, fresh))];
  const bySource = [...groupBySource(fresh).values()].map((group) => worst(definition, nearNewest(definition, group)));
  if (isNumeric(definition)) return [worst(definition, bySource)];
  const negatives = bySource.filter(({ sign }) => sign === 'negative');
  const positives = bySource.filter((c) => c.sign !== 'negative' && !negatives.some((n) => overrules(n, c)));
  if (positives.length === 0) return newestOf(negatives).slice(0, 1);
  // A complete answer beside a chart's positive still says which of the other options were denied.
  if (definition.kind === 'choices') return [...positives, ...negatives.filter(({ complete }) => complete)];
  return [worst(definition, positives)];
}

/** A newer "no" of a clinician's examination takes a "yes" back; the person's own newer answer already has. */
function overrules(no: Candidate, yes: Candidate): boolean {
  if (no.source !== 'observation' && no.source !== 'clinician-answer') return false;
  return no.fact.conflict !== 'own-answer-only' && latest(no) > latest(yes);
}

function groupBySource(candidates: Candidate[]): Map<string, Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    // Chart statements of different options (a multiple choice) do not replace each other.
    const option = candidate.fact.kind === 'choices' && !candidate.complete ? String(candidate.value) : '';
    const key = `${candidate.source} ${option}`;
    const group = groups.get(key);
    if (group) group.push(candidate);
    else groups.set(key, [candidate]);
  }
  return groups;
}

/** The newest candidates, and of numbers those within `worseWithin` of the newest. */
function nearNewest(definition: FactDefinition, candidates: Candidate[]): Candidate[] {
  const tolerance = isNumeric(definition) ? (definition.window.worseWithin ?? 0) : 0;
  const newest = Math.max(...candidates.map(latest));
  return candidates.filter((candidate) => latest(candidate) >= newest - tolerance);
}

const newestOf = (candidates: Candidate[]): Candidate[] => {
  const newest = Math.max(...candidates.map(latest));
  return candidates.filter((candidate) => latest(candidate) === newest);
};

/** No date = now (only positives get this far without one). */
const latest = ({ at }: Candidate): number => at?.to ?? Number.POSITIVE_INFINITY;

const isNumeric = ({ kind }: FactDefinition): boolean => kind === 'number' || kind === 'quantity';

/** The most dangerous of several; of equals the one with the smaller reference, so that order never matters. */
function worst(definition: FactDefinition, candidates: Candidate[]): Candidate {
  return candidates.reduce((worse, next) => {
    const difference = badness(definition, next) - badness(definition, worse);
    if (difference !== 0) return difference > 0 ? next : worse;
    return next.reference < worse.reference ? next : worse;
  });
}

function badness(definition: FactDefinition, { sign, value }: Candidate): number {
  if (isNumeric(definition)) return distanceFromNormal(numberOf(value) ?? 0, definition.normal);
  if (sign === 'negative') return -1;
  // Options stand in order of severity; what only the chart states is not among them and yields to a graded answer.
  return definition.options.findIndex((option) => option.value === value);
}

/** The number of a number or a measure. */
export function numberOf(value: FactValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'object' && !Array.isArray(value) ? value.value : undefined;
}

function combined(definition: FactDefinition, used: Candidate[]): FactValue | undefined {
  if (definition.kind !== 'choices') return used[0]?.value;
  const positives = used.filter(({ sign }) => sign !== 'negative');
  const stated = positives.length > 0 ? positives : used;
  const values = [...new Set(stated.flatMap(({ value }) => (Array.isArray(value) ? value : [])))];
  return values.length > 0 ? values.sort() : undefined;
}

const describe = ({ fact, reference, recorded, at }: Candidate) => ({ fact, reference, recorded, at });
