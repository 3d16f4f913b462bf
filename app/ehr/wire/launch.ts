/** Launches an app for a patient (SMART App Launch, EHR launch): what the card said goes with the launch, not in an address. */
import { answered } from './send.ts';

/** The FHIR server as apps reach it: behind the authorization server. */
const issuer = (): string => new URL('../smart/fhir', document.baseURI).href;

/** The app as anybody may open it: it then asks for whom. */
export function standaloneUrl(app: URL): string {
  const url = new URL(app);
  url.searchParams.set('iss', issuer());
  return url.href;
}

/** Leaves for the app. @throws Refusal when there is no launch to be had */
export async function launch(app: URL, patient: string, appContext?: string): Promise<void> {
  const { launch: handle } = await answered<{ launch: string }>({
    purpose: 'Launch the app',
    url: new URL('../smart/launch', document.baseURI),
    method: 'POST',
    body: { patient, ...(appContext !== undefined && { appContext }) },
  });
  const url = new URL(standaloneUrl(app));
  url.searchParams.set('launch', handle);
  location.assign(url);
}
