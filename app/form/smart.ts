/** SMART App Launch (2.x) with `fhirclient`: launched from a health record, or standalone; always with PKCE. */
import 'fhirclient/build/fhir-client.pure.min.js';
import { type HealthRecord, sendTo } from './record.ts';
import { Refusal, type Start } from './service.ts';

type Client = {
  state: { serverUrl: string; tokenResponse?: { access_token?: string; appContext?: unknown } };
  patient: { id: string | null };
  getAuthorizationHeader: () => string | null;
  refreshIfNeeded: () => Promise<unknown>;
};
type Library = {
  oauth2: { authorize: (options: Record<string, string>) => Promise<unknown>; ready: () => Promise<Client> };
};

const library = (): Library => (window as unknown as { FHIR: Library }).FHIR;
type App = Start['apps'][number];

/** Leaves for the server's authorization endpoint. */
export async function leaveForAuthorization(app: App, launch: string | null, types: string[]): Promise<void> {
  // The library lets the address overrule what it is told (client, patient, server): only these two may stand there.
  const own = new URLSearchParams({ iss: app.iss, ...(launch !== null && { launch }) });
  history.replaceState(null, '', `${location.pathname}?${own}`);
  await library().oauth2.authorize({
    iss: app.iss,
    clientId: app.clientId,
    scope: app.scope ?? defaultScope(launch !== null, types),
    redirectUri: `${location.origin}${location.pathname}`,
    pkceMode: 'required',
  });
}

/** Read what is assessed, create what is answered. */
function defaultScope(isLaunched: boolean, types: string[]): string {
  const read = types.map((type) => `patient/${type}.read`);
  const created = ['QuestionnaireResponse', 'Observation'].map((type) => `patient/${type}.write`);
  return [isLaunched ? 'launch' : 'launch/patient', ...read, ...created].join(' ');
}

/** Back from it: the record, and what the card that launched the page said. @throws when the launch failed */
export async function authorized(): Promise<{ record: HealthRecord; appContext: unknown }> {
  const client = await library().oauth2.ready();
  const patientId = client.patient.id;
  const base = client.state.serverUrl.replace(/\/+$/, '');
  if (patientId === null || !client.state.tokenResponse?.access_token) throw new Refusal(401);
  return {
    record: {
      base,
      patientId,
      reopenUrl: `${location.pathname}?${new URLSearchParams({ iss: base })}`,
      send: async (request) => {
        await client.refreshIfNeeded();
        return sendTo(base, request, client.getAuthorizationHeader() ?? undefined);
      },
    },
    appContext: client.state.tokenResponse.appContext,
  };
}
