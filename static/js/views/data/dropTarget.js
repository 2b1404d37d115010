/**
 * Tables, files of networks and links that arrive from outside: dropped anywhere on the page, or pasted while
 * no field is typed in.
 */

/** @typedef {import('../../actions/index.js').Actions} Actions */

const LOOKED_AT = 5000;

/**
 * Whether text that was pasted anywhere is meant as a table: several lines, with the same sign in each. The
 * service says whether it is one.
 * @param {string} text
 */
function looksLikeTable(text) {
  if (/^\s*(https?:|#)/.test(text)) return false;
  const lines = text
    .slice(0, LOOKED_AT)
    .split(/[\r\n]+/)
    .slice(0, text.length > LOOKED_AT ? -1 : undefined)
    .filter((line) => line.trim() !== '');
  return lines.length > 1 && ['\t', ';', ','].some((sign) => lines.every((line) => line.includes(sign)));
}

/** @param {DragEvent} event */
const bringsData = ({ dataTransfer }) =>
  ['Files', 'text/plain'].some((type) => dataTransfer?.types.includes(type));

/**
 * @param {HTMLElement} root what lies over the page while something is held above it
 * @param {Actions} actions
 */
export function createDropTarget(root, actions) {
  const listening = new AbortController();
  const { signal } = listening;

  document.addEventListener(
    'dragover',
    (event) => {
      if (!bringsData(event)) return;
      event.preventDefault();
      root.hidden = false;
    },
    { signal },
  );
  document.addEventListener(
    'dragleave',
    (event) => {
      if (event.relatedTarget === null) root.hidden = true;
    },
    { signal },
  );
  document.addEventListener(
    'drop',
    (event) => {
      root.hidden = true;
      if (!bringsData(event)) return;
      const [file] = event.dataTransfer?.files ?? [];
      const text = event.dataTransfer?.getData('text/plain') ?? '';
      if (!file && !looksLikeTable(text)) return;
      event.preventDefault();
      if (file && !actions.openFile(file)) void actions.takeFile(file);
      else if (!file) actions.takeTable(text);
    },
    { signal },
  );
  document.addEventListener(
    'paste',
    (event) => {
      if (event.target instanceof Element && event.target.closest('input, textarea, [contenteditable]'))
        return;
      const [file] = event.clipboardData?.files ?? [];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (file?.type.startsWith('text/')) void actions.takeFile(file);
      else if (actions.takeLink(text)) event.preventDefault();
      else if (looksLikeTable(text)) actions.takeTable(text);
    },
    { signal },
  );

  return {
    update() {},
    destroy() {
      listening.abort();
    },
  };
}
