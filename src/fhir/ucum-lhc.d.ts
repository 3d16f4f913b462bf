/** The part of `@lhncbc/ucum-lhc` that is used; the package ships no types. */
declare module '@lhncbc/ucum-lhc' {
  type Conversion = { status: 'succeeded' | 'failed' | 'error'; toVal: number | null; msg: string[] };
  type Utils = {
    convertUnitTo(from: string, value: number, to: string, suggest?: boolean, molecularWeight?: number): Conversion;
  };
  const UcumLhcUtils: { getInstance(): Utils };
  const ucum: { UcumLhcUtils: typeof UcumLhcUtils };
  export default ucum;
}
