/** Medications stand alone in an export; each is put beside the orders and statements that refer to it. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { typeAndId } from '../src/fhir/references.ts';
import { partitionWriter, readPartition } from './partition-files.ts';
import { patientHash } from './patient-hash.ts';
import type { Line } from './patient-of.ts';

const BUFFERS_BYTES = 8 << 20;
export const MEDICATION = 'Medication';

type Put = (partition: number, patientId: string, line: Buffer) => void;

export type Medications = {
  /** @returns whether the line is one of these */
  keep: (resource: Line, line: Buffer) => boolean;
  /** What a resource of a patient refers to. */
  refer: (resource: Line, partition: number, patientId: string) => void;
  /** Joined on disk, a part at a time: neither has to fit into memory. */
  join: (put: Put) => void;
};

export function medicationFiles(folder: string, parts: number): Medications {
  const [own, referring] = [join(folder, 'medications'), join(folder, 'references')];
  for (const path of [own, referring]) mkdirSync(path);
  const medications = partitionWriter(own, parts, BUFFERS_BYTES);
  const references = partitionWriter(referring, parts, BUFFERS_BYTES);
  const partOf = (id: string) => patientHash(id).forPartition % parts;
  return {
    keep: ({ resourceType, id }, line) => {
      if (resourceType !== MEDICATION) return false;
      if (typeof id === 'string') medications.add(partOf(id), id, line);
      return true;
    },
    refer: ({ medicationReference }, partition, patientId) => {
      const id = medicationId(medicationReference);
      if (id !== undefined) references.add(partOf(id), id, Buffer.from(JSON.stringify([partition, patientId])));
    },
    join: (put) => {
      for (const writer of [medications, references]) writer.flush();
      for (let part = 0; part < parts; part += 1) {
        const known = new Map(readPartition(own, part));
        for (const [id, referred] of readPartition(referring, part)) {
          const [line] = known.get(id) ?? [];
          if (!line) continue;
          for (const text of new Set(referred.map(String))) {
            const [partition, patientId] = JSON.parse(text) as [number, string];
            put(partition, patientId, line);
          }
        }
      }
      for (const path of [own, referring]) rmSync(path, { recursive: true });
    },
  };
}

function medicationId(reference: unknown): string | undefined {
  const named = (reference as { reference?: unknown } | null | undefined)?.reference;
  const found = typeof named === 'string' ? typeAndId({ reference: named }) : undefined;
  return found?.startsWith(`${MEDICATION}/`) ? found.slice(MEDICATION.length + 1) : undefined;
}
