/**
 * A trace as a walk: the lines a person sees at once make one stop. Unit by unit in the slides' notation
 * (z and a; ∂E/∂a and δ; the gradients of a unit's weights; their update), layer by layer in matrix form.
 */

import { memoizeLast } from '../model/selectors.js';

/** @typedef {number | null | undefined} Value null: not finite; undefined: it is to be found */
/** @typedef {{symbols: string[], values: Value[], product: Value}} Term */
/** @typedef {'forward' | 'loss' | 'backward' | 'update'} Phase */
/**
 * @typedef {{
 *   phase: Phase,
 *   layer: number,
 *   unit: number,
 *   symbol: string,
 *   tex: string,
 *   value: Value,
 *   terms: Term[],
 * }} Line layer and unit count as the slides do
 */
/**
 * @typedef {{
 *   step: number,
 *   example: number,
 *   lines: Line[],
 *   batch?: {examples: number[], each: Trace[]},
 * }} Trace batch: where it is of a whole batch
 */
/** @typedef {'forward' | 'loss' | 'delta' | 'gradient' | 'update'} Kind */
/**
 * @typedef {{phase: Phase, kind: Kind, layer: number, unit: number, lines: Line[]}} Stop unit 0: the whole
 *   layer
 */
/** @typedef {'slides' | 'matrices'} Notation */
/**
 * @typedef {{
 *   units: {layer: number, unit: number}[],
 *   into: {layer: number, unit: number}[],
 *   outOf: {layer: number, unit: number}[],
 * }} Highlight units that light up, and units whose incoming or outgoing links do; counted from 0 as the page
 *   does
 */

/** @type {Phase[]} */
export const PHASES = ['forward', 'loss', 'backward', 'update'];

/** @param {Line} line @returns {Kind} */
function kindOf({ phase, symbol }) {
  if (phase !== 'backward') return phase;
  return symbol.startsWith('∂E/∂w') ? 'gradient' : 'delta';
}

/** @param {Line[]} lines @param {boolean} whole layers rather than units @returns {Stop[]} */
function gather(lines, whole) {
  /** @type {Stop[]} */
  const stops = [];
  for (const line of lines) {
    const kind = kindOf(line);
    const unit = whole ? 0 : line.unit;
    const last = stops.at(-1);
    if (last && last.kind === kind && last.layer === line.layer && last.unit === unit) last.lines.push(line);
    else stops.push({ phase: line.phase, kind, layer: line.layer, unit, lines: [line] });
  }
  return stops;
}

/** The stops of a trace; none without one. */
export const walkOf = memoizeLast((/** @type {Trace | null} */ trace, /** @type {Notation} */ notation) =>
  trace ? gather(trace.lines, notation === 'matrices') : [],
);

/**
 * Where the other notation's walk shows what this stop shows.
 * @param {Stop | undefined} stop
 * @param {Stop[]} walk
 */
export function samePlace(stop, walk) {
  if (!stop) return 0;
  const found = walk.findIndex(
    ({ kind, layer, unit }) =>
      kind === stop.kind && layer === stop.layer && (unit === 0 || stop.unit === 0 || unit === stop.unit),
  );
  return Math.max(0, found);
}

/** The parameters the trace was made with, in the flat vector's order. */
export const thetaOfTrace = memoizeLast((/** @type {Trace} */ { lines }) =>
  Float32Array.from(
    lines
      .filter(({ symbol }) => symbol.startsWith('z_'))
      .flatMap(({ terms }) => terms.map(({ values }) => values[0] ?? NaN)),
  ),
);

/** How many units the layers with weights have. @param {Trace} trace @returns {number[]} */
export function unitsOfTrace({ lines }) {
  /** @type {number[]} */
  const units = [];
  for (const { phase, layer, unit } of lines) if (phase === 'forward') units[layer - 2] = unit;
  return units;
}

/**
 * What of the diagram a stop is about.
 * @param {Stop} stop
 * @param {number[]} counts units of each layer with weights
 * @returns {Highlight}
 */
export function highlightOf({ kind, layer, unit }, counts) {
  const at = layer - 2;
  const all = Array.from({ length: counts[at] ?? 0 }, (_, index) => ({ layer: at, unit: index }));
  const units = unit > 0 ? [{ layer: at, unit: unit - 1 }] : all;
  if (kind === 'loss') return { units: all, into: [], outOf: [] };
  if (kind === 'delta') return { units, into: [], outOf: at === counts.length - 1 ? [] : units };
  return { units, into: units, outOf: [] };
}
