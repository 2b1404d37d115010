/** Activation functions and their slopes, from the engine: over a range, and at the z that is looked at. */

import { post } from './readings.js';

/** @typedef {ReturnType<typeof import('../../state/pages/lecture.js').createLectureStore>} Store */

const REACH = 5;
const POINTS = 201;
const RANGE = Array.from({ length: POINTS }, (_, k) => -REACH + (2 * REACH * k) / (POINTS - 1));

/** @param {Store} store */
export function createActivationCurves(store) {
  let requests = 0;
  const names = () => Object.keys(store.get().exhibit?.names ?? {});

  /** @param {number} z */
  async function setZ(z) {
    requests += 1;
    const mine = requests;
    store.change({ z });
    const response = await Promise.all(names().map((name) => post('/activations', { name, z: [z] })));
    if (mine !== requests) return;
    store.change({
      shapesAt: Object.fromEntries(
        response.map(({ name, a, slope }) => [name, { a: a[0], slope: slope[0] }]),
      ),
    });
  }

  return {
    setZ,
    async begin() {
      const response = await Promise.all(names().map((name) => post('/activations', { name, z: RANGE })));
      store.change({ shapes: Object.fromEntries(response.map((shape) => [shape.name, shape])) });
      await setZ(store.get().exhibit?.values.z ?? 0);
    },
  };
}
