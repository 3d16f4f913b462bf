/** How the service sees a chart, without a card being issued: `PlanDefinition/$assess`. The page itself decides nothing. */
import type { Bundle, FhirResource, GuidanceResponse, Parameters, ParametersParameter } from 'fhir/r4';
import type { Indicator } from './card.ts';
import { isRestricted } from './fhir-server.ts';
import { answered } from './send.ts';
import { signedFor } from './token.ts';

export type Fact = {
  label: string;
  recorded: string;
  at: string | undefined;
  /** Where it stands in the record: `Type/id`. */
  reference: string;
};

export type Assessment = {
  /** Absent = no rule speaks, which is no all-clear. */
  level: { title: string; indicator: Indicator; rank: number } | undefined;
  /** The result in a sentence. */
  note: string;
  /** Gestation and how it was dated, or the end; Markdown. */
  pregnancy: string;
  /** Completed weeks and days, if there is a gestation to speak of. */
  gestation: string | undefined;
  facts: Fact[];
};

/** @param planId service id. @param searched types that were read in full. @throws Refusal */
export async function assessed(
  planId: string,
  patientId: string,
  chart: FhirResource[],
  searched: string[],
): Promise<Assessment> {
  const url = new URL(`../fhir-api/PlanDefinition/${encodeURIComponent(planId)}/$assess`, document.baseURI).href;
  const parameter: ParametersParameter[] = [
    { name: 'subject', valueReference: { reference: `Patient/${patientId}` } },
    {
      name: 'chart',
      resource: {
        resourceType: 'Bundle',
        type: 'collection',
        entry: chart.map((resource) => ({ resource })),
      } as Bundle,
    },
    ...searched.map((type) => ({ name: 'searched', valueCode: type })),
  ];
  const body: Parameters = { resourceType: 'Parameters', parameter };
  const signed = await signedFor(url);
  const { entry = [] } = await answered<Bundle<FhirResource>>({
    purpose: 'Assess the chart',
    url,
    method: 'POST',
    body,
    signed,
  });
  // What rests on confidential answers comes marked as restricted: it is not for a list or a banner.
  return read(entry.flatMap(({ resource }) => (resource && !isRestricted(resource) ? [resource] : [])));
}

function read(resources: FhirResource[]): Assessment {
  const guidance = resources.find((one): one is GuidanceResponse => one.resourceType === 'GuidanceResponse');
  const evidence = resources.find((one): one is Parameters => one.resourceType === 'Parameters')?.parameter ?? [];
  const [title, indicator] = [find(evidence, 'levelTitle')?.valueString, find(evidence, 'indicator')?.valueCode];
  const rank = find(evidence, 'levelRank')?.valuePositiveInt ?? 0;
  const isSilent = find(evidence, 'silent')?.valueBoolean === true;
  return {
    level: title !== undefined && !isSilent ? { title, indicator: indicator as Indicator, rank } : undefined,
    note: guidance?.note?.[0]?.text ?? '',
    pregnancy: evidence.flatMap(({ name, valueMarkdown }) => (name === 'pregnancy' ? [valueMarkdown] : [])).join('\n'),
    gestation: find(evidence, 'gestation')?.valueString,
    facts: evidence.filter(({ name }) => name === 'fact').map(factOf),
  };
}

const find = (parts: ParametersParameter[], wanted: string) => parts.find(({ name }) => name === wanted);

function factOf({ part = [] }: ParametersParameter): Fact {
  const source = find(part, 'source')?.part ?? [];
  const at = find(source, 'at');
  return {
    label: find(part, 'label')?.valueString ?? '',
    recorded: find(source, 'recorded')?.valueString ?? '',
    reference: find(source, 'reference')?.valueReference?.reference ?? '',
    at: at?.valueDateTime ?? at?.valuePeriod?.start,
  };
}
