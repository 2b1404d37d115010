/** The other languages the page can be read in, a button each. */

/**
 * @param {HTMLElement} root
 * @param {{setLanguage: (language: string) => Promise<void>}} actions
 */
export function createLanguageButtons(root, actions) {
  for (const button of root.querySelectorAll('button[name=language]')) {
    button.addEventListener('click', () => actions.setLanguage(button.getAttribute('value') ?? ''));
  }
  return { update() {}, destroy() {} };
}
