/**
 * The one colour scale: negative – neutral – positive, mixed in OKLab so that equal steps look equal.
 * (Björn Ottosson, "A perceptual color space for image processing", 2020.)
 */

/** @typedef {[number, number, number]} Triple red, green, blue in 0…255 */

export const SHADES = 255;

/** @param {number} channel */
const toLinear = (channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
/** @param {number} light */
const toChannel = (light) => (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055);

/** @param {Triple} color @returns {Triple} */
function toLab(color) {
  const [r, g, b] = color.map((channel) => toLinear(channel / 255));
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** @param {Triple} lab @returns {Triple} */
function fromLab([lightness, a, b]) {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const light = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const [red, green, blue] = light.map((value) =>
    Math.round(255 * Math.min(1, Math.max(0, toChannel(value)))),
  );
  return [red, green, blue];
}

/**
 * Between two colours, share 0…1 of the second.
 * @param {Triple} from
 * @param {Triple} to
 * @param {number} share
 */
export function mix(from, to, share) {
  const start = toLab(from);
  const end = toLab(to);
  const between = (/** @type {0 | 1 | 2} */ i) => start[i] + (end[i] - start[i]) * share;
  return fromLab([between(0), between(1), between(2)]);
}

/**
 * SHADES colours, −1 first and +1 last, each packed as the machine's bytes red, green, blue, alpha.
 * @param {Triple} negative
 * @param {Triple} neutral
 * @param {Triple} positive
 */
export function divergingRamp(negative, neutral, positive) {
  const bytes = new Uint8ClampedArray(SHADES * 4);
  for (let shade = 0; shade < SHADES; shade += 1) {
    const value = (2 * shade) / (SHADES - 1) - 1;
    const color = mix(neutral, value < 0 ? negative : positive, Math.abs(value));
    bytes.set([...color, 255], shade * 4);
  }
  return new Uint32Array(bytes.buffer);
}

/** From neutral to one colour: the strength of one class. @param {Triple} neutral @param {Triple} color */
export function singleRamp(neutral, color) {
  const bytes = new Uint8ClampedArray(SHADES * 4);
  for (let shade = 0; shade < SHADES; shade += 1) {
    bytes.set([...mix(neutral, color, shade / (SHADES - 1)), 255], shade * 4);
  }
  return new Uint32Array(bytes.buffer);
}

/** @param {Triple} colour @param {number} [alpha] */
export function css([red, green, blue], alpha = 1) {
  return `rgb(${red} ${green} ${blue} / ${alpha})`;
}
