/**
 * Where a plane of several classes is best signed: in each of its regions, the place farthest from the
 * borders and the points.
 */

/** @typedef {{label: number, across: number, up: number}} RegionLabel across, up: 0…1 */

const SIDE = 26;
const LEAST = 0.012;
const ROOMY = 1.5;

/**
 * The strongest class at SIDE × SIDE places.
 * @param {Float32Array | Float64Array} field (classes × side²)
 * @param {number} side
 * @param {number} classes
 */
function strongest(field, side, classes) {
  const cells = new Uint8Array(SIDE * SIDE);
  for (let k = 0; k < cells.length; k += 1) {
    const row = Math.round((Math.floor(k / SIDE) * (side - 1)) / (SIDE - 1));
    const column = Math.round(((k % SIDE) * (side - 1)) / (SIDE - 1));
    const at = row * side + column;
    for (let c = 1; c < classes; c += 1)
      if (field[c * side * side + at] > field[cells[k] * side * side + at]) cells[k] = c;
  }
  return cells;
}

/** The cells beside a cell; −1 beyond the edge. @param {number} k */
const beside = (k) => [
  k % SIDE > 0 ? k - 1 : -1,
  k % SIDE < SIDE - 1 ? k + 1 : -1,
  k >= SIDE ? k - SIDE : -1,
  k < SIDE * (SIDE - 1) ? k + SIDE : -1,
];

/**
 * Steps from each cell to the nearest other class, edge or obstacle.
 * @param {Uint8Array} cells
 * @param {Uint8Array} blocked
 */
function depths(cells, blocked) {
  const depth = new Uint8Array(cells.length);
  const border = (/** @type {number} */ k) =>
    blocked[k] || beside(k).some((other) => other < 0 || cells[other] !== cells[k]);
  let front = [...cells.keys()].filter(border);
  for (const k of front) depth[k] = 1;
  while (front.length > 0) {
    const next = new Set(front.flatMap(beside).filter((k) => k >= 0 && depth[k] === 0));
    const far = depth[front[0]] + 1;
    for (const k of next) depth[k] = far;
    front = [...next];
  }
  return depth;
}

/** The regions, each a list of cells. @param {Uint8Array} cells */
function regionsOf(cells) {
  const seen = new Uint8Array(cells.length);
  const regions = [];
  for (let start = 0; start < cells.length; start += 1) {
    if (seen[start]) continue;
    const region = [start];
    seen[start] = 1;
    for (let at = 0; at < region.length; at += 1) {
      for (const k of beside(region[at])) {
        if (k < 0 || seen[k] || cells[k] !== cells[start]) continue;
        seen[k] = 1;
        region.push(k);
      }
    }
    regions.push(region);
  }
  return regions;
}

/**
 * @param {Float32Array | Float64Array} field (classes × side²)
 * @param {number} side
 * @param {number} classes
 * @param {{across: number, up: number}[]} points what is better not covered
 * @returns {RegionLabel[]}
 */
export function placeRegionLabels(field, side, classes, points) {
  const cells = strongest(field, side, classes);
  const blocked = new Uint8Array(cells.length);
  for (const { across, up } of points) {
    const [column, row] = [across, up].map((share) => Math.round(share * (SIDE - 1)));
    if (column >= 0 && column < SIDE && row >= 0 && row < SIDE) blocked[row * SIDE + column] = 1;
  }
  const free = depths(cells, blocked);
  const deep = depths(cells, new Uint8Array(cells.length));
  return regionsOf(cells)
    .filter((region) => region.length >= LEAST * cells.length)
    .map((region) => {
      const best = (/** @type {Uint8Array} */ depth) =>
        region.reduce((a, b) => (depth[b] > depth[a] ? b : a));
      const k = free[best(free)] > ROOMY ? best(free) : best(deep);
      return { label: cells[k], across: (k % SIDE) / (SIDE - 1), up: Math.floor(k / SIDE) / (SIDE - 1) };
    });
}
