/** Formulas set by KaTeX, which is loaded when the first one is asked for. */

/** @type {Promise<void> | null} */
let loading = null;
/** @type {WeakMap<Element, string>} what each element is to show, so that a late answer never overwrites a newer one */
const wanted = new WeakMap();

/** KaTeX is a classic script: it leaves `katex` behind. */
async function load() {
  const styles = document.createElement('link');
  styles.rel = 'stylesheet';
  styles.href = new URL('../../vendor/katex.min.css', import.meta.url).href;
  document.head.append(styles);
  await import('../../vendor/katex.min.js');
}

const isLoaded = () => 'katex' in globalThis;

/** Numbers carry their exact value as data; nothing else is trusted. */
const OPTIONS = {
  throwOnError: false,
  strict: /** @type {const} */ ('ignore'),
  trust: (/** @type {{command: string}} */ { command }) => command === '\\htmlData',
};

/**
 * Show a formula in an element.
 * @param {HTMLElement} node
 * @param {string} tex
 */
export function showFormula(node, tex) {
  if (wanted.get(node) === tex) return;
  wanted.set(node, tex);
  if (isLoaded()) {
    katex.render(tex, node, OPTIONS);
    return;
  }
  loading ??= load();
  void loading.then(() => {
    if (wanted.get(node) === tex) katex.render(tex, node, OPTIONS);
  });
}

/** @param {string} tex @param {string} [kind] the element's class */
export function formulaNode(tex, kind = 'formulaText') {
  const node = document.createElement('span');
  node.className = kind;
  showFormula(node, tex);
  return node;
}
