/**
 * The trace's plain symbols ("w_11^(1)", "∂E/∂a_1^(2)") as TeX and as names in a program; and the formulas
 * that the engine writes of them.
 */

/** @typedef {import('./walk.js').Line} Line */

/** @param {string} symbol @returns {string} */
export function symbolTex(symbol) {
  if (symbol.startsWith('∂')) {
    const [of, by] = symbol.slice(1).split('/∂');
    return String.raw`\frac{\partial ${symbolTex(of)}}{\partial ${symbolTex(by)}}`;
  }
  return symbol
    .replace(/_(\w+)/g, '_{$1}')
    .replace(/\^\((\d+)\)/g, '^{($1)}')
    .replace('δ', String.raw`\delta`)
    .replace('η', String.raw`\eta`)
    .replace('Δ', String.raw`\Delta `)
    .replace('−', '-');
}

/** What a line says that its symbol is. @param {Line} line */
export const formulaOf = ({ tex }) => tex.slice(tex.indexOf(' = ') + ' = '.length);

/** What a line about a weight says of every weight. @param {Line} line */
export const ruleOf = ({ symbol, tex }) => tex.replaceAll(symbolTex(symbol.replace('∂E/∂', '')), 'w');

/** On one line: a derivative with a slash. @param {string} symbol */
export function inlineTex(symbol) {
  if (!symbol.startsWith('∂')) return symbolTex(symbol);
  const [of, by] = symbol.slice(1).split('/∂');
  return String.raw`\partial ${symbolTex(of)}/\partial ${symbolTex(by)}`;
}

/** A name Python takes: "w_11^(1)" is w1_11, "δ_1^(3)" delta3_1. @param {string} symbol @returns {string} */
export function identifier(symbol) {
  if (symbol.startsWith('∂')) {
    const [of, by] = symbol.slice(1).split('/∂');
    return `d${identifier(of)}_d${identifier(by)}`;
  }
  if (symbol.startsWith("g'(")) return `slope_${identifier(symbol.slice(3, -1))}`;
  const plain = symbol.replace('−η', 'minus_rate').replace('δ', 'delta').replace('Δ', 'change_');
  return plain.replace(
    /^(\w*?)_\{?([\d,]+)\}?\^\((\d+)\)$/,
    (_all, letter, index, layer) => `${letter}${layer}_${index.replace(',', '_')}`,
  );
}
