/** The part of `@lhncbc/ucum-lhc` that is used; the package ships no types. */
declare module '@lhncbc/ucum-lhc' {
  type Conversion = { status: 'succeeded' | 'failed' | 'error'; toVal: number | null; msg: string[] };
  const UcumLhcUtils: { getInstance(): { convertUnitTo(from: string, value: number, to: string): Conversion } };
  const ucum: { UcumLhcUtils: typeof UcumLhcUtils };
  export default ucum;
}
