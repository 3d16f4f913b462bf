/** How far a citation was checked, by the tag in its text (specification, "Evidence tags"). */
import type { Citation } from '../../knowledge/topic.ts';

/** `local` cites no one: a choice of this project. */
export type Evidence = 'verified' | 'transcription' | 'excerpt' | 'from memory' | 'local' | 'not stated';

const TAGS: [string, Evidence][] = [
  ['[M]', 'from memory'],
  ['[E]', 'excerpt'],
  ['[V-3p]', 'transcription'],
  ['[L]', 'local'],
  ['[V]', 'verified'],
];

export const EVIDENCE_WORDS: Record<Evidence, string> = {
  verified: 'verified: read, as far as the citation says',
  transcription: 'read in a third-party transcription only',
  excerpt: 'only an excerpt read',
  'from memory': '**from memory, not verified**',
  local: 'local design choice, no guideline',
  'not stated': '**not stated**',
};

/** The weakest tag counts: a citation may be verified in part. */
export const evidenceOf = ({ citation = '' }: Citation): Evidence =>
  TAGS.find(([tag]) => citation.includes(tag))?.[1] ?? 'not stated';

/** Whether somebody has read the text itself. */
export const isVerified = (citation: Citation): boolean => evidenceOf(citation) === 'verified';
