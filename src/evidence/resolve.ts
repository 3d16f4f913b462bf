/** Candidates of one fact -> its value (spec B.1 "Conflicts, in this order"). */
import type { FactDefinition, FactSource } from '../knowledge/fact-definition.ts';
import { withoutParts } from './compound.ts';
import type { Candidate, Fact, FactValue, SetAside, SetAsideReason } from './fact.ts';
import { negativesHold, notFresh } from './freshness.ts';
import { distanceFromNormal } from './statement.ts';

/** What resolving needs to know beside the candidates. */
export type ResolveAt = { now: number; inHospital: boolean };

/**
 * Resolves one fact; what is not used is set aside with its reason.
 * @param further what was set aside before it became a statement
 */
export function resolve(
  definition: FactDefinition,
  candidates: readonly Candidate[],
  at: ResolveAt,
  further: readonly SetAside[] = [],
): Fact {
  const only = candidates.length === 1 ? candidates[0] : undefined;
  if (only && standsAlone(definition, only)) {
    const stale = notFresh(only, at.now, at.inHospital);
    if (stale === undefined) return factOf(definition, candidates, further, at);
    return factOf(definition, NONE, [asideOf(only, stale), ...further], at);
  }
  const setAside: SetAside[] = [];
  const fresh: Candidate[] = [];
  for (const candidate of candidates) {
    const reason = notFresh(candidate, at.now, at.inHospital);
    if (reason) setAside.push(asideOf(candidate, reason));
    else fresh.push(candidate);
  }
  const whole = fresh.length > 0 ? withoutParts(definition, fresh) : fresh;
  const used = choose(definition, whole, at.now);
  for (const candidate of used.length < fresh.length ? fresh : []) {
    if (used.includes(candidate)) continue;
    setAside.push(asideOf(candidate, whole.includes(candidate) ? 'older' : 'part-only'));
  }
  if (further.length > 0) setAside.push(...further);
  return factOf(definition, used, setAside, at);
}

function factOf(
  definition: FactDefinition,
  used: readonly Candidate[],
  setAside: readonly SetAside[],
  { now, inHospital }: ResolveAt,
): Fact {
  const complete = definition.kind !== 'choices' || used.some((c) => c.complete && negativesHold(c, now, inHospital));
  return { definition, value: combined(definition, used), unknown: undefined, complete, used, setAside };
}

const NONE: readonly Candidate[] = [];

/** One statement, if it is fresh, is all that there is to say; of a part, or of another person, it may not be. */
const standsAlone = ({ conflict, sources }: FactDefinition, { source, by }: Candidate): boolean =>
  !(conflict === 'newest' && source === 'answer' && by !== undefined) && !sources.some(isPart);

const isPart = ({ part }: FactSource): boolean => part !== undefined;

function choose(definition: FactDefinition, fresh: Candidate[], now: number): Candidate[] {
  if (fresh.length === 0 || definition.kind === 'date') return fresh;
  if (definition.conflict === 'newest') return newestOwn(definition, fresh, now);
  if (fresh.length === 1) return fresh;
  if (definition.class === 'measured' && isNumeric(definition))
    return [worst(definition, nearNewest(definition, fresh, now))];
  const bySource = [...groupBySource(fresh).values()].map((group) =>
    worst(definition, nearNewest(definition, group, now)),
  );
  if (isNumeric(definition)) return [worst(definition, bySource)];
  const negatives = bySource.filter(({ sign }) => sign === 'negative');
  const positives = bySource.filter((c) => c.sign !== 'negative' && !negatives.some((n) => overrules(n, c, now)));
  if (positives.length === 0) return [worst(definition, newestOf(negatives, now))];
  // A complete answer beside a chart's positive still says which of the other options were denied.
  if (definition.kind === 'choices') return [...positives, ...negatives.filter(({ complete }) => complete)];
  return [worst(definition, positives)];
}

/** The newest of what she or staff said; another person does not speak for her. */
function newestOwn(definition: FactDefinition, fresh: Candidate[], now: number): Candidate[] {
  const own = fresh.filter(({ source, by }) => source !== 'answer' || by === undefined);
  return own.length === 0 ? [] : [worst(definition, newestOf(own, now))];
}

/** A newer "no" of a clinician's examination takes a "yes" back; the person's own newer answer already has. */
function overrules(no: Candidate, yes: Candidate, now: number): boolean {
  if (no.source !== 'observation' && no.source !== 'clinician-answer') return false;
  if (no.via?.part !== undefined && no.via.part !== yes.via?.part) return false;
  return no.fact.conflict !== 'own-answer-only' && standsAt(no, now) > standsAt(yes, now);
}

function groupBySource(candidates: Candidate[]): Map<string, Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    // Chart statements of different options (a multiple choice) do not replace each other.
    const option = candidate.fact.kind === 'choices' && !candidate.complete ? String(candidate.value) : '';
    // What another person answers does not take the person's own answer back.
    const key = `${candidate.source} ${candidate.by ?? ''} ${candidate.via?.part ?? ''} ${option}`;
    const group = groups.get(key);
    if (group) group.push(candidate);
    else groups.set(key, [candidate]);
  }
  return groups;
}

/** The newest candidates, and of numbers those within `worseWithin` of the newest. */
function nearNewest(definition: FactDefinition, candidates: Candidate[], now: number): Candidate[] {
  const tolerance = isNumeric(definition) ? (definition.window.worseWithin ?? 0) : 0;
  const newest = newestTime(candidates, now);
  return candidates.filter((candidate) => standsAt(candidate, now) >= newest - tolerance);
}

function newestOf(candidates: Candidate[], now: number): Candidate[] {
  const newest = newestTime(candidates, now);
  return candidates.filter((candidate) => standsAt(candidate, now) === newest);
}

function newestTime(candidates: Candidate[], now: number): number {
  let newest = Number.NEGATIVE_INFINITY;
  for (const candidate of candidates) newest = Math.max(newest, standsAt(candidate, now));
  return newest;
}

/** A partial date may mean any instant in it: a negative is as old, everything else as new as it can be. No date = now. */
function standsAt({ at, sign }: Candidate, now: number): number {
  if (!at) return now;
  return sign === 'negative' ? at.from : Math.min(at.to, now);
}

const isNumeric = ({ kind }: FactDefinition): boolean => kind === 'number' || kind === 'quantity';

/** The most dangerous of several; of equals the one that sorts first, so that order never matters. */
function worst(definition: FactDefinition, candidates: Candidate[]): Candidate {
  return candidates.reduce((worse, next) => {
    const difference = badness(definition, next) - badness(definition, worse);
    if (difference !== 0) return difference > 0 ? next : worse;
    return sortsBefore(next, worse) ? next : worse;
  });
}

/** By value first: how resources are cut and named must not decide. */
function sortsBefore(a: Candidate, b: Candidate): boolean {
  const [one, other] = [numberOf(a.value) ?? String(a.value), numberOf(b.value) ?? String(b.value)];
  return one === other ? a.reference < b.reference : one < other;
}

function badness(definition: FactDefinition, { sign, value }: Candidate): number {
  if (isNumeric(definition)) {
    return definition.normal ? distanceFromNormal(numberOf(value) ?? 0, definition.normal) : 0;
  }
  if (sign === 'negative') return -1;
  // Options stand in order of severity; what only the chart states is not among them and yields to a graded answer.
  return definition.options.findIndex((option) => option.value === value);
}

/** The number of a number or a measure. */
export function numberOf(value: FactValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'object' && !Array.isArray(value) ? value.value : undefined;
}

function combined(definition: FactDefinition, used: readonly Candidate[]): FactValue | undefined {
  if (definition.kind !== 'choices') return used[0]?.value;
  const positives = used.filter(({ sign }) => sign !== 'negative');
  const stated = positives.length > 0 ? positives : used;
  const values = [...new Set(stated.flatMap(({ value }) => (Array.isArray(value) ? value : [])))];
  return values.length > 0 ? values.sort() : undefined;
}

const asideOf = ({ fact, reference, recorded, at }: Candidate, reason: SetAsideReason): SetAside => ({
  fact,
  reference,
  recorded,
  at,
  reason,
});
