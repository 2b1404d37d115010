/**
 * Copying where there may be no clipboard to write to: on plain http outside this machine browsers offer
 * none.
 */

/** Select all that a field or a block says. @param {HTMLElement} node */
function selectAll(node) {
  if (node instanceof HTMLInputElement) {
    node.focus();
    node.select();
  } else window.getSelection()?.selectAllChildren(node);
}

/**
 * @param {HTMLElement} node a field or a block of text, left selected
 * @returns {Promise<boolean>} whether it is on the clipboard; if not, it can be copied by hand
 */
export async function copyText(node) {
  selectAll(node);
  const words = node instanceof HTMLInputElement ? node.value : (node.textContent ?? '');
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return document.execCommand('copy');
  }
}
