/** What a clinician does with a card: the record is changed first, then the service is told. */

import type { CardActions } from './view/card.ts';
import type { Action, Card, Link } from './wire/card.ts';
import { sendFeedback } from './wire/feedback.ts';
import { createFhir, deleteFhir, updateFhir } from './wire/fhir-server.ts';
import { launch, standaloneUrl } from './wire/launch.ts';

/** @param serviceUrl that gave the card. @param renew reads the record again after it was changed */
export function actionsOn(
  { uuid, overrideReasons = [] }: Card,
  serviceUrl: string,
  patientId: string,
  renew: () => Promise<void>,
): CardActions {
  // When the service could not be told, the next try must not change the record twice.
  const carried = new Map<Action, string>();
  return {
    accept: async ({ uuid: id, actions = [] }) => {
      for (const action of actions) if (!carried.has(action)) carried.set(action, await carriedOut(action));
      const made = actions.map((action) => carried.get(action)).join(' ');
      await renew();
      if (uuid !== undefined && id !== undefined) {
        await sendFeedback(serviceUrl, uuid, { outcome: 'accepted', acceptedSuggestions: [{ id }] }).catch(() => {
          throw new Error(`${made} But the service was not told: accept it again.`);
        });
      }
      return `Accepted. ${made} The service was told.`;
    },
    override: async (code, userComment) => {
      const reason = overrideReasons.find((one) => one.code === code);
      const overrideReason = {
        ...(reason?.code && { reason: { code: reason.code, system: reason.system } }),
        ...(userComment !== '' && { userComment }),
      };
      const said = Object.keys(overrideReason).length > 0;
      await sendFeedback(serviceUrl, uuid ?? '', { outcome: 'overridden', ...(said && { overrideReason }) });
      return 'Overridden. The service was told.';
    },
    app: (link) => {
      const app = registeredApp(link);
      return app && { url: standaloneUrl(app), launch: () => launch(app, patientId, link.appContext) };
    },
  };
}

/** @returns what was done, in words */
async function carriedOut({ type, description, resource, resourceId }: Action): Promise<string> {
  if (type === 'delete' && resourceId !== undefined) {
    await deleteFhir(resourceId, description);
    return `${resourceId} was removed.`;
  }
  if (!resource) return '';
  const { resourceType, id } =
    type === 'update' ? await updateFhir(resource, description) : await createFhir(resource, description);
  return `${resourceType}/${id} was drafted.`;
}

/** An app of this very service, under the name that the page has; any other is not registered here. */
function registeredApp({ url }: Link): URL | undefined {
  const app = parsed(url);
  if (!app || (app.origin !== location.origin && !isThisMachine(app))) return undefined;
  app.host = location.host;
  return app;
}

/** The same service under its other name. */
const isThisMachine = ({ hostname, port, protocol }: URL): boolean =>
  protocol === location.protocol && port === location.port && [hostname, location.hostname].every(isLoopback);

const isLoopback = (name: string): boolean => name === 'localhost' || name === '127.0.0.1' || name === '[::1]';

/** A card may hold anything for an address. */
function parsed(url: string): URL | undefined {
  try {
    return new URL(url, document.baseURI);
  } catch {
    return undefined;
  }
}
