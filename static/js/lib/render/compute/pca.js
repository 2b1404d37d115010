/**
 * Principal components (Pearson 1901; Hotelling 1933): the two directions along which a cloud of points
 * varies most.
 * The eigenvectors of its covariance, by Jacobi's rotations (1846).
 */

const SWEEPS = 12;
const SMALL = 1e-12;

/**
 * @typedef {{mean: Float64Array, axes: [Float64Array, Float64Array], shares: [number, number]}} Components
 *   shares of the variance
 */

/** @param {Float64Array} values (units × points) @param {number} units @param {number} points */
function meanOf(values, units, points) {
  return Float64Array.from({ length: units }, (_, unit) => {
    let sum = 0;
    for (let k = 0; k < points; k += 1) sum += values[unit * points + k];
    return sum / Math.max(1, points);
  });
}

/** @param {Float64Array} values (units × points) @param {Float64Array} mean @param {number} points */
function covariance(values, mean, points) {
  const units = mean.length;
  const matrix = Array.from({ length: units }, () => new Float64Array(units));
  for (let i = 0; i < units; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = 0;
      for (let k = 0; k < points; k += 1)
        sum += (values[i * points + k] - mean[i]) * (values[j * points + k] - mean[j]);
      matrix[i][j] = matrix[j][i] = sum / Math.max(1, points);
    }
  }
  return matrix;
}

/**
 * Turn rows and columns p and q so that their common entry vanishes.
 * @param {Float64Array[]} a
 * @param {Float64Array[]} v
 * @param {number} p
 * @param {number} q
 */
function rotate(a, v, p, q) {
  if (Math.abs(a[p][q]) < SMALL) return;
  const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < a.length; k += 1)
    [a[k][p], a[k][q]] = [c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]];
  for (let k = 0; k < a.length; k += 1)
    [a[p][k], a[q][k]] = [c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]];
  for (const row of v) [row[p], row[q]] = [c * row[p] - s * row[q], s * row[p] + c * row[q]];
}

/**
 * All eigenvalues and vectors (columns of v) of a symmetric matrix, which is used up.
 * @param {Float64Array[]} a
 */
function eigen(a) {
  const v = a.map((_, i) => Float64Array.from(a, (__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (let p = 0; p < a.length; p += 1) for (let q = p + 1; q < a.length; q += 1) rotate(a, v, p, q);
  }
  return { sizes: a.map((row, i) => Math.max(0, row[i])), v };
}

/** @param {Float64Array} a @param {ArrayLike<number>} b */
const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

/**
 * Two or more units' components. Of a vector and its opposite the one nearer to the last picture's is taken.
 * @param {Float64Array} values (units × points)
 * @param {number} units
 * @param {Components | null} before
 * @returns {Components}
 */
export function principalComponents(values, units, before) {
  const points = values.length / units;
  const mean = meanOf(values, units, points);
  const { sizes, v } = eigen(covariance(values, mean, points));
  const order = sizes.map((_, index) => index).sort((i, j) => sizes[j] - sizes[i]);
  const total = sizes.reduce((sum, size) => sum + size, 0) || 1;
  const axis = (/** @type {0 | 1} */ k) => {
    const found = Float64Array.from(v, (row) => row[order[k]]);
    const known = before?.axes[k];
    const turned =
      known?.length === units ? dot(known, found) < 0 : found.reduce((sum, value) => sum + value, 0) < 0;
    return turned ? found.map((value) => -value) : found;
  };
  return { mean, axes: [axis(0), axis(1)], shares: [sizes[order[0]] / total, sizes[order[1]] / total] };
}

/** @param {Float64Array} values (units × points) @param {Components} components @param {0 | 1} k */
export function project(values, { mean, axes }, k) {
  const axis = axes[k];
  const points = values.length / axis.length;
  const placed = new Float64Array(points);
  axis.forEach((weight, unit) => {
    for (let point = 0; point < points; point += 1)
      placed[point] += weight * (values[unit * points + point] - mean[unit]);
  });
  return placed;
}
