/** Formulas set by KaTeX, which is loaded when the first one is asked for. */

import { withStylesThroughDom } from './katexCsp.js';

/** @type {Promise<void> | null} */
let loading = null;
/**
 * @type {WeakMap<Element, string>} what each element is to show, so that a late answer never overwrites a
 *   newer one
 */
const requestedTex = new WeakMap();

/** KaTeX is a classic script: it leaves `katex` behind. */
async function load() {
  const styles = document.createElement('link');
  styles.rel = 'stylesheet';
  styles.href = new URL('../../../vendor/katex.min.css', import.meta.url).href;
  document.head.append(styles);
  await import('../../../vendor/katex.min.js');
}

const isLoaded = () => 'katex' in globalThis;

/** Numbers carry their exact value as data; nothing else is trusted. */
const OPTIONS = {
  throwOnError: false,
  strict: /** @type {const} */ ('ignore'),
  trust: (/** @type {{command: string}} */ { command }) => command === '\\htmlData',
};

/** @param {HTMLElement} node @param {string} tex */
function render(node, tex) {
  withStylesThroughDom(() => katex.render(tex, node, OPTIONS));
}

/**
 * Show a formula in an element.
 * @param {HTMLElement} node
 * @param {string} tex
 */
export function showFormula(node, tex) {
  if (requestedTex.get(node) === tex) return;
  requestedTex.set(node, tex);
  if (isLoaded()) {
    render(node, tex);
    return;
  }
  loading ??= load();
  void loading.then(() => {
    if (requestedTex.get(node) === tex) render(node, tex);
  });
}

/** @param {string} tex @param {string} [kind] the element's class */
export function formulaNode(tex, kind = 'formulaText') {
  const node = document.createElement('span');
  node.className = kind;
  showFormula(node, tex);
  return node;
}
