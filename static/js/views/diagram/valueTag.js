/** The value of the weight or bias pointed at, beside it. */

import { middle } from '../../lib/plot/diagramLayout.js';
import { parameterValue } from '../../lib/model/selectors.js';
import { weightName } from '../../lib/format/notation.js';
import { readable } from '../../lib/format/number.js';
import { biasPosition } from '../../lib/plot/diagramHitTest.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../lib/plot/diagramLayout.js').Geometry} Geometry */
/** @typedef {import('../../lib/plot/diagramLayout.js').Point} Point */
/** @typedef {import('../../lib/plot/diagramHitTest.js').Part} Part */

/** @param {Part} part @param {Geometry} geometry @returns {Point | null} */
function spotOf(part, { links, columns }) {
  if (part.kind === 'link') {
    const link = links.find(
      ({ layer, unit, input }) => layer === part.layer && unit === part.unit && input === part.input,
    );
    return link ? middle(link) : null;
  }
  const column = columns[part.layer + 1];
  const centre = column?.units[part.unit];
  if (!centre) return null;
  const spot = biasPosition(centre, column.size);
  return { x: spot.x, y: spot.y - 4 };
}

/** @param {HTMLElement} root */
export function createValueTag(root) {
  return {
    /** @param {State} state @param {Geometry} geometry */
    update(state, geometry) {
      const { pointed } = state.selection;
      const spot = pointed && pointed.kind !== 'unit' ? spotOf(pointed, geometry) : null;
      root.hidden = spot === null;
      if (!spot || !pointed) return;
      root.replaceChildren(
        weightName(pointed.layer, pointed.unit, pointed.input),
        ` = ${readable(parameterValue(state, pointed))}`,
      );
      root.style.left = `${spot.x}px`;
      root.style.top = `${spot.y}px`;
    },
  };
}
