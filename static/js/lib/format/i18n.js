/**
 * Every visible word, from one catalogue per language (static/text/<language>.json).
 *
 * A key is a path with dots: `text('rate.name')`. Braces are places for values: "{count} epochs".
 * To add a language, copy en.json and translate its values; the keys stay.
 */

/** @typedef {{[key: string]: string | Messages}} Messages */

/** @type {Messages} */
let messages = {};

/** @param {Messages} words */
export function setMessages(words) {
  messages = words;
}

/** @param {string} key */
function find(key) {
  /** @type {string | Messages | undefined} */
  let found = messages;
  for (const part of key.split('.')) {
    if (typeof found !== 'object') return undefined;
    found = found[part];
  }
  return typeof found === 'string' ? found : undefined;
}

/** @param {string} key */
export function hasText(key) {
  return find(key) !== undefined;
}

/**
 * The words under a key, with values put into their braces. A missing key shows itself.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function text(key, values = {}) {
  const words = find(key) ?? key;
  return words.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * The catalogue's words for a registry's entry, or the label the server gave it.
 * @param {string} group
 * @param {{name: string, label: string}} entry
 */
export function entryName(group, entry) {
  const key = `${group}.${entry.name}.name`;
  return hasText(key) ? text(key) : entry.label;
}

/**
 * Fill the words into markup: data-text="key" becomes the content, data-label="key" the accessible name.
 * @param {ParentNode} root
 */
export function fillTexts(root) {
  for (const node of root.querySelectorAll('[data-text]')) {
    node.textContent = text(node.getAttribute('data-text') ?? '');
  }
  for (const node of root.querySelectorAll('[data-label]')) {
    node.setAttribute('aria-label', text(node.getAttribute('data-label') ?? ''));
  }
}
