/** Extensions are known at their level, hold what they should, as often as they may. */
import { type Extensible, extensionName, extensionsNamed, extensionText } from '../../fhir/extensions.ts';
import type { Extension } from '../../fhir/types.ts';
import { KNOWN_EXTENSIONS, type Shape } from './known-extensions.ts';
import { fieldsOf, type Part } from './parts.ts';

/** Reasons against the extensions of a part. */
export function wrongExtensions({ level, node }: Part): string[] {
  const known = KNOWN_EXTENSIONS[level];
  return known ? wrongAgainst(node, known, '') : [];
}

/** Reasons against the extensions of an element. @param path names of the extensions around, for what is said */
export function wrongAgainst(owner: Extensible, known: Readonly<Record<string, Shape>>, path: string): string[] {
  const reasons = (owner.extension ?? []).flatMap((extension) => {
    const name = extensionName(extension);
    const shape = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!shape) return [`the extension \`${path}${name}\` is not honoured here: it would be silently ignored`];
    return contentOf(extension, shape, `${path}${name}`);
  });
  const counted = Object.entries(known).flatMap(([name, { many, required }]) => {
    const count = extensionsNamed(owner, name).length;
    if (count === 0 && required) return [`the extension \`${path}${name}\` is missing`];
    return count > 1 && !many ? [`the extension \`${path}${name}\` stands here ${count} times`] : [];
  });
  return [...reasons, ...counted];
}

function contentOf(extension: Extension, { values = [], codes, limbs }: Shape, path: string): string[] {
  const held = [...fieldsOf(extension).keys()].filter((key) => key.startsWith('value'));
  if (limbs)
    return held.length === 0 ? wrongAgainst(extension, limbs, `${path}.`) : [`\`${path}\` is complex: no ${held}`];
  if (held.length !== 1 || !values.includes(held[0] ?? '') || extension.extension) {
    return [`\`${path}\` holds ${held.join(', ') || 'no value'} instead of ${values.join(' or ')}`];
  }
  const found = extensionText({ extension: [extension] }, extensionName(extension));
  if (!codes || codes.includes(found ?? '')) return [];
  return [`\`${path}\` is \`${found}\`: not one of ${codes.join(', ')}`];
}
