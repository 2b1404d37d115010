/** A page's own names for weights, "w_1" for w_11^(1), put into the formulas of its walk. */

import { symbolTex } from './symbols.js';

/** @typedef {(tex: string) => string} Relabel */

/** @param {Record<string, string>} names by symbol @returns {Relabel} */
export function relabelling(names) {
  const pairs = Object.entries(names).filter(([symbol]) => symbol.startsWith('w_'));
  return (tex) => pairs.reduce((written, [symbol, name]) => written.replaceAll(symbolTex(symbol), name), tex);
}
