/**
 * The binary frame (docs/frames.md): a 64-byte header, then the parameters as 32-bit floats. Little endian.
 */

/** @typedef {{loss: number | null, accuracy: number | null, r2: number | null}} Score */
/**
 * @typedef {object} Frame
 * @property {'paused' | 'playing' | 'reached' | 'diverged'} status
 * @property {number} version of the state this frame belongs to
 * @property {number} step
 * @property {number} epoch
 * @property {Score} train
 * @property {Score | null} test
 * @property {Float32Array} theta
 */

const FORMAT = 1;
const HEADER = 64;
const STATUSES = /** @type {const} */ (['paused', 'playing', 'reached', 'diverged']);

/** @param {number} value not a number: there is none */
const given = (value) => (Number.isNaN(value) ? null : value);

/**
 * @param {ArrayBuffer} buffer
 * @returns {Frame}
 */
export function decodeFrame(buffer) {
  const view = new DataView(buffer);
  const format = view.getUint8(0);
  if (format !== FORMAT) throw new Error(`a frame of format ${format} came, this page reads ${FORMAT}`);
  const train = {
    loss: view.getFloat64(24, true),
    accuracy: given(view.getFloat32(40, true)),
    r2: given(view.getFloat32(48, true)),
  };
  const test = {
    loss: given(view.getFloat64(32, true)),
    accuracy: given(view.getFloat32(44, true)),
    r2: given(view.getFloat32(52, true)),
  };
  return {
    status: STATUSES[view.getUint8(1)],
    version: view.getUint32(4, true),
    step: view.getFloat64(8, true),
    epoch: view.getFloat64(16, true),
    train,
    test: test.loss === null ? null : test,
    theta: new Float32Array(buffer, HEADER, view.getUint32(56, true)),
  };
}
