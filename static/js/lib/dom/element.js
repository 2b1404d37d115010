/** Making and finding elements, with types that say when the page and its code disagree. */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean>} [attributes] `false` leaves one out, `true` sets it empty
 * @param {(Node | string)[]} [children]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, children = []) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children);
  return node;
}

/**
 * The one element under root that a selector names. Throws when the markup lacks it.
 * @template {Element} Kind
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function requireElement(root, selector, kind) {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the page has no ${kind.name} at "${selector}"`);
  return found;
}

/**
 * Write words only when they change: an unchanged text node costs no layout.
 * @param {Element} node
 * @param {string} words
 */
export function setText(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

/** @param {Element} node @param {string} name @param {string} value */
export function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

/**
 * A button under the focus keeps it when it is switched off, and does nothing: what would get the focus might
 * do the opposite.
 * @param {HTMLButtonElement} button
 * @param {boolean} on
 */
export function setEnabled(button, on) {
  const held = !on && button === document.activeElement;
  button.disabled = !on && !held;
  setAttribute(button, 'aria-disabled', String(!on));
}

/** An icon of the sprite in the page. @param {string} name */
export function icon(name) {
  const namespace = 'http://www.w3.org/2000/svg';
  const image = document.createElementNS(namespace, 'svg');
  const use = document.createElementNS(namespace, 'use');
  use.setAttribute('href', `#icon-${name}`);
  image.setAttribute('class', 'icon');
  image.setAttribute('aria-hidden', 'true');
  image.append(use);
  return image;
}

/**
 * Show a worker's picture as it is, without drawing it again; the picture is used up, and has no width from
 * then on.
 * @param {HTMLCanvasElement} canvas only ever used for this
 * @param {ImageBitmap} picture
 * @param {number} density device pixels per CSS pixel
 */
export function showPicture(canvas, picture, density) {
  if (picture.width === 0) return;
  if (canvas.width !== picture.width || canvas.height !== picture.height) {
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.style.width = `${picture.width / density}px`;
    canvas.style.height = `${picture.height / density}px`;
  }
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(picture);
}

/**
 * Size a canvas to its box in device pixels and hand back its context, scaled to CSS pixels and cleared.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width in CSS pixels
 * @param {number} height in CSS pixels
 */
export function clearCanvas(canvas, width, height) {
  const density = window.devicePixelRatio || 1;
  const across = Math.round(width * density);
  const down = Math.round(height * density);
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser gave no 2d context');
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
