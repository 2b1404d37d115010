/** The other languages the page can be read in, a button each. */

/**
 * @param {HTMLElement} root
 * @param {{speak: (language: string) => Promise<void>}} actions
 */
export function createLanguage(root, actions) {
  for (const button of root.querySelectorAll('button[name=language]')) {
    button.addEventListener('click', () => actions.speak(button.getAttribute('value') ?? ''));
  }
  return { update() {}, destroy() {} };
}
