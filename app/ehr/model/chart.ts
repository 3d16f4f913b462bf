/** All that the page knows of one person. */
import { type Assessment, assessed } from '../wire/assess.ts';
import { isSigned, type Order, readOrders } from './orders.ts';
import { type PatientRecord, readRecord } from './record.ts';

export type Chart = {
  patientId: string;
  record: PatientRecord;
  /** Undefined when the service could not say. */
  assessment: Assessment | undefined;
  orders: Order[];
};

/** @throws Refusal when the person cannot be read */
export async function readChart(patientId: string): Promise<Chart> {
  const [record, orders] = await Promise.all([readRecord(patientId), readOrders(patientId)]);
  const { planId, resources, searched } = record;
  const assessment = await assessed(planId, patientId, resources, searched).catch(() => undefined);
  return { patientId, record, assessment, orders };
}

/** Draft orders that an EHR would sign. */
export const draftsIn = ({ orders }: Chart): Order[] =>
  orders.filter((order) => isSigned(order) && order.status === 'draft');
