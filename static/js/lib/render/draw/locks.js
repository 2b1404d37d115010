/** Locks on what is frozen: on a unit's corner when all that leads into it is, else on each link and bias. */

import { isFrozen } from '../../model/frozen.js';
import { alongLink } from '../../plot/diagramLayout.js';
import { biasPosition } from '../../plot/diagramHitTest.js';
import { css } from '../../plot/colorScale.js';

/** @typedef {import('../../plot/diagramLayout.js').Point} Point */
/** @typedef {import('../../plot/diagramLayout.js').Link} Link */
/** @typedef {import('../scene.js').View} View */
/** @typedef {OffscreenCanvasRenderingContext2D} Context */

const SHARE = 0.78;
const LARGE = 0.75;
const SMALL = 0.6;

/** @param {Context} context @param {Point} at @param {number} size @param {View} view */
function drawLock(context, { x, y }, size, { colors }) {
  context.beginPath();
  context.arc(x, y, size * 0.85, 0, 2 * Math.PI);
  context.fillStyle = css(colors.paper);
  context.fill();
  context.beginPath();
  context.roundRect(x - size * 0.45, y - size * 0.1, size * 0.9, size * 0.65, size * 0.12);
  context.fillStyle = css(colors.ink);
  context.fill();
  context.beginPath();
  context.arc(x, y - size * 0.12, size * 0.27, Math.PI, 0);
  context.lineWidth = size * 0.17;
  context.strokeStyle = css(colors.ink);
  context.stroke();
}

/** What has a lock, and where. @param {View} view @returns {{at: Point, size: number}[]} */
function locksOf({ geometry, frozen, rem }) {
  if (!frozen) return [];
  return geometry.columns.slice(1).flatMap(({ layer, units, size }) =>
    units.flatMap((centre, unit) => {
      const into = geometry.links.filter((link) => link.layer === layer && link.unit === unit);
      const held = into.filter((link) => isFrozen(frozen, link));
      const bias = isFrozen(frozen, { layer, unit, input: -1 });
      if (bias && held.length === into.length)
        return [{ at: { x: centre.x + size / 2, y: centre.y - size / 2 }, size: LARGE * rem }];
      const spot = biasPosition(centre, size);
      const onBias = bias ? [{ at: { x: spot.x + 0.95 * rem, y: spot.y }, size: SMALL * rem }] : [];
      return [...held.map((link) => ({ at: alongLink(link, SHARE), size: SMALL * rem })), ...onBias];
    }),
  );
}

/** In CSS pixels. @param {Context} context @param {View} view */
export function drawLocks(context, view) {
  for (const { at, size } of locksOf(view)) drawLock(context, at, size, view);
}
