/** SVG elements; what they show stands in words beside them or in their label. */
const SVG = 'http://www.w3.org/2000/svg';

/** Makes an SVG element. */
export function svg(name: string, attributes: Record<string, string | number>, ...children: Node[]): SVGElement {
  const made = document.createElementNS(SVG, name) as SVGElement;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value));
  made.append(...children);
  return made;
}
