/** Making drawings: elements of SVG, and lines through points. */

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {(Node | string)[]} [children]
 */
export function svgElement(tag, attributes, children = []) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** @param {[number, number][]} points */
export const polylinePath = (points) =>
  points.map(([x, y], index) => `${index > 0 ? 'L' : 'M'}${x.toFixed(1)},${y.toFixed(1)}`).join('');
