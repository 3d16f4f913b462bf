/** Tokens that were used (CDS Hooks 2.0.1, "Trusting CDS Clients": `jti` stops replay). */
export type ReplayMemory = {
  /**
   * Remembers a token until it expires. Of any number of calls with the same issuer and `jti`, in all replicas, one is
   * `new`. It is durable when the promise resolves; while the database is lost only this process's tokens are known.
   * @param expires milliseconds since 1970
   */
  remember: (issuer: string, jti: string, expires: number) => Promise<'new' | 'seen'>;
};
