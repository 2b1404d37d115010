/**
 * Content security policy and KaTeX: inline styles that KaTeX writes as attributes, set in a way that the
 * policy allows.
 */

/**
 * Run a KaTeX rendering with `SVGElement.prototype.setAttribute` replaced for as long as it takes.
 *
 * KaTeX writes the width of a tall bracket's SVG as a `style` attribute. The policy refuses style attributes,
 * and
 * KaTeX has no option to leave it out. The same style set through `style.cssText` is allowed. KaTeX renders
 * synchronously, so no other code ever sees the replaced method, and the original is back even when KaTeX
 * throws.
 * @param {() => void} render
 */
export function withStylesThroughDom(render) {
  const { setAttribute } = Element.prototype;
  /** @this {SVGElement} @param {string} name @param {string} value */
  function setAttributeThroughDom(name, value) {
    if (name === 'style') this.style.cssText = value;
    else setAttribute.call(this, name, value);
  }
  SVGElement.prototype.setAttribute = setAttributeThroughDom;
  try {
    render();
  } finally {
    Reflect.deleteProperty(SVGElement.prototype, 'setAttribute');
  }
}
