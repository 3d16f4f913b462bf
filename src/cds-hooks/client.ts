/** Who calls: the CDS Client, and how it is known (CDS Hooks 2.0.1 "Trusting CDS Clients"). */

/** A FHIR server that may be read. */
export type FhirServer = {
  /** Without a slash at the end. */
  base: string;
  /** Its name may lead to an address that is not on the public internet. */
  privateNetwork: boolean;
};

/** A CDS Client that may call. */
export type Client = {
  /** Tells clients apart for rate limits. */
  name: string;
  /** Known when the client proved who it is. */
  issuer?: string | undefined;
  tenant?: string | undefined;
  fhirServers: readonly FhirServer[];
};

/** What is known of a request before its body is read. */
export type Caller = {
  authorization: string | undefined;
  origin: string | undefined;
  /** Path of the endpoint that was called, as it was called, without the query. */
  path: string;
  /** Network address. */
  address: string;
};

/** Tells who calls. @throws ServiceError `unauthenticated`, the same for every fault */
export type IdentifyClient = (caller: Caller) => Client | Promise<Client>;
