/** Reading extensions. Ours are known by the last part of their url, so that no canonical base stands in the code. */
import type { Extension } from './types.ts';

/** Anything that may carry extensions. */
export type Extensible = { extension?: Extension[] | undefined };

/** The name of an extension of ours: the part of its url after `/StructureDefinition/`. */
export function extensionName(extension: Extension): string {
  // A file may hold anything; an extension without an address is none of ours.
  const { url = '' } = extension as Partial<Extension>;
  return url.slice(url.lastIndexOf('/') + 1);
}

/** All extensions with this name, in document order. */
export function extensionsNamed(element: Extensible | undefined, name: string): Extension[] {
  const extensions = element?.extension;
  return Array.isArray(extensions) ? extensions.filter((extension) => extensionName(extension) === name) : [];
}

/** The first extension with this name. */
export function extensionNamed(element: Extensible | undefined, name: string): Extension | undefined {
  return element?.extension?.find((extension) => extensionName(extension) === name);
}

/** The text of a `valueCode` or `valueString` extension. */
export function extensionText(element: Extensible | undefined, name: string): string | undefined {
  return textOf(extensionNamed(element, name));
}

/** The texts of all `valueCode` or `valueString` extensions with this name. */
export function extensionTexts(element: Extensible | undefined, name: string): string[] {
  return extensionsNamed(element, name).flatMap((extension) => textOf(extension) ?? []);
}

/** The value of a `valueBoolean` extension. */
export function extensionBoolean(element: Extensible | undefined, name: string): boolean | undefined {
  return extensionNamed(element, name)?.valueBoolean;
}

/** The number of a `valueDecimal` or `valueInteger` extension. */
export function extensionNumber(element: Extensible | undefined, name: string): number | undefined {
  const extension = extensionNamed(element, name);
  return extension?.valueDecimal ?? extension?.valueInteger;
}

/** The expression text of a `valueExpression` extension. */
export function extensionExpression(element: Extensible | undefined, name: string): string | undefined {
  return extensionNamed(element, name)?.valueExpression?.expression;
}

function textOf(extension: Extension | undefined): string | undefined {
  return extension?.valueCode ?? extension?.valueString ?? extension?.valueUri ?? extension?.valueCanonical;
}
