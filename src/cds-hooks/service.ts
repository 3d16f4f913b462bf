/** An entry of the discovery answer. */
export type Service = {
  id: string;
  hook: string;
  title: string;
  description: string;
  prefetch: Record<string, string>;
  usageRequirements?: string;
};
