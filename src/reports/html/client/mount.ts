import { attributesOf, type Child } from '../markup.ts';

/** The one place where a piece of the page becomes nodes: texts are set as texts, attributes are those that `markup.ts` lets through. */
export function mount(child: Child): Node {
  return build(child, false);
}

/** Inside of a drawing even a link is a part of the drawing. */
function build(child: Child, isInDrawing: boolean): Node {
  if (typeof child === 'string') return document.createTextNode(child);
  const isDrawn = isInDrawing || child.tag === 'svg';
  const element = isDrawn ? document.createElementNS('http://www.w3.org/2000/svg', child.tag) : document.createElement(child.tag);
  for (const [name, value] of attributesOf(child)) element.setAttribute(name, value);
  for (const each of child.children) element.append(build(each, isDrawn));
  return element;
}

/** Puts pieces in place of what an element holds. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren(...children.map((child) => mount(child)));
}
