/** Turning the lecture's pages, and stepping through what is live on them. */

import {
  arrivalRound,
  INITIAL_PAGE,
  isWeightsFixed,
  showsPart,
  stepKind,
  canTrain,
} from '../../state/pages/lecture.js';
import { namesIn, walkLength } from '../../state/pages/graphWalk.js';
import { Problem, get } from '../../transport/rest.js';
import { walkOf } from '../../lib/trace/walk.js';
import { createNeuron } from './neuron.js';
import { isBehind, post, readPageNumbers, seenSteps } from './readings.js';
import { createActivationCurves } from './activationCurves.js';
import { createPager } from './pages.js';
import { deleteNetwork, startNetworks } from './networks.js';

/** @typedef {import('../../state/pages/lecture.js').Lecture} Lecture */
/** @typedef {import('../../state/pages/lecture.js').Exhibit} Exhibit */
/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../index.js').Actions} Actions */
/** @typedef {{state: () => State, actions: Actions}} EmbeddedNetwork one network of the page, live */
/** @typedef {{networks: () => EmbeddedNetwork[]}} EmbeddedNetworks */
/** @typedef {ReturnType<typeof import('../../state/pages/lecture.js').createLectureStore>} Store */
/** @typedef {ReturnType<typeof createLectureActions>} LectureActions */

const DECIMALS = 2;
const NEURON = ['w0', 'w1', 'w2'];
const ROUND_PAUSE_MS = 350;

/** @param {Store} store @param {EmbeddedNetworks} embedded */
export function createLectureActions(store, embedded) {
  /** @type {Promise<void>} */
  let queue = Promise.resolve();
  const read = () => readPageNumbers(store, seenSteps(embedded.networks()));
  let reading = false;
  const each = (/** @type {(actions: Actions) => unknown} */ run) =>
    Promise.all(embedded.networks().map(({ actions }) => run(actions)));

  /**
   * One thing after the other; what the server refuses is said on the page.
   * @param {() => Promise<void>} work
   */
  function inOrder(work) {
    queue = queue.then(work).catch((problem) => {
      if (!(problem instanceof Problem)) throw problem;
      store.change({ fault: problem.message });
    });
    return queue;
  }

  const shapes = createActivationCurves(store);
  const neuron = createNeuron(store, inOrder, evaluate);

  let evaluating = false;
  /** Of many changes of a number only the newest is asked about. */
  function evaluateSoon() {
    if (evaluating) return queue;
    evaluating = true;
    return inOrder(() => {
      evaluating = false;
      return evaluate();
    });
  }

  async function evaluate() {
    const { exhibit, values, rounded } = store.get();
    const more = rounded ? { decimals: DECIMALS } : {};
    const requests = exhibit?.expressions.map(async (expression) => {
      const names = new Set(namesIn(expression));
      const own = Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
      return post('/expressions', { expression, values: own, ...more });
    });
    store.change({ graphs: await Promise.all(requests ?? []), fault: '' });
  }

  /** @param {Exhibit} exhibit */
  async function begin(exhibit) {
    const { shown, seen } = await startNetworks(exhibit);
    store.change({ networks: shown, neuron: neuron.first(), placed: neuron.inPlace() });
    await readPageNumbers(store, seen);
  }

  /** @param {number} at step of the walk through the gates */
  const walkTo = (at) => store.change({ at: Math.max(0, Math.min(walkLength(store.get()), at)) });
  const walk = (/** @type {number} */ by) => walkTo(store.get().at + by);

  /** The page with this id, or the first. @param {string} id */
  const open = (id) =>
    inOrder(async () => {
      const exhibits =
        store.get().exhibits.length > 0
          ? store.get().exhibits
          : (await get(`/exhibits?language=${document.documentElement.lang}`)).exhibits;
      const known = exhibits.find((/** @type {{id: string}} */ page) => page.id === id) ?? exhibits[0];
      const exhibit = await get(`/exhibits/${known.id}?language=${document.documentElement.lang}`);
      const left = store.get().networks;
      store.change({
        ...INITIAL_PAGE,
        exhibits,
        exhibit,
        values: exhibit.values,
        fault: exhibit.fault ?? '',
      });
      if (exhibit.parts.includes('gates')) await evaluate();
      if (exhibit.parts.includes('shapes')) await shapes.begin();
      if (exhibit.network) await begin(exhibit);
      for (const { id: gone } of left) void deleteNetwork(gone);
    });

  /**
   * The newest numbers soon, however often it is asked; what is under way comes first, then what has moved
   * meanwhile.
   */
  async function refresh() {
    const { seen } = store.get();
    if (reading || !isBehind(store.get(), embedded.networks())) return;
    reading = true;
    await inOrder(read).finally(() => {
      reading = false;
    });
    if (store.get().seen !== seen) void refresh();
  }

  /** The walk once more, with what the network is now. */
  async function reloadTrace() {
    if (showsPart(store.get(), 'walk')) await embedded.networks()[0]?.actions.reloadTrace();
  }

  /** One update of every network. */
  async function update() {
    await each((actions) => actions.step('step'));
    await read();
    await reloadTrace();
  }

  /** How many rounds the table wants; it ends where the output has arrived. @param {Lecture} lecture */
  const isComplete = (lecture) =>
    lecture.rounds.length > (lecture.exhibit?.rounds?.count ?? 0) || arrivalRound(lecture) >= 0;

  /** Rounds one after the other, until the table is complete or someone stops them. */
  async function playRounds() {
    store.change({ playing: true });
    while (store.get().playing && !isComplete(store.get())) {
      await inOrder(update);
      await new Promise((resolve) => window.setTimeout(resolve, ROUND_PAUSE_MS));
    }
    store.change({ playing: false });
  }

  /**
   * One stop of the walk further; past the last one its update is made, and the next round begins.
   * @param {EmbeddedNetwork} stand
   * @param {number} by
   */
  async function walkStep({ state, actions }, by) {
    const { trace, notation, at } = state().microscope;
    if (by < 0 || actions.isPredicting() || at < walkOf(trace, notation).length - 1) {
      actions.walk(by);
      return;
    }
    await inOrder(update);
    actions.walkTo(0);
  }

  /** @param {number} by */
  function step(by) {
    const kind = stepKind(store.get());
    const [first] = embedded.networks();
    if (kind === 'gates') walk(by);
    else if (kind === 'walk') void walkStep(first, by);
    else if (kind === 'training') void (by < 0 ? reset() : canTrain(store.get()) && inOrder(update));
  }

  async function composeAll() {
    const placed = neuron.inPlace();
    store.change({ placed });
    await neuron.compose(placed);
  }

  const reset = () =>
    inOrder(async () => {
      store.change({ playing: false, rounds: [] });
      await each((actions) => actions.reset());
      await neuron.reset();
      store.change({ placed: neuron.inPlace() });
      await read();
    });

  return {
    open,
    walkTo,
    refresh,
    reset,
    stepForward: () => step(1),
    /** A gate or a line back; a network in training starts again. */
    stepBack: () => step(-1),
    /** One whole update, wherever the walk stands. */
    update: () => void (isWeightsFixed(store.get()) || inOrder(update)),
    /** All gates at once; or the rest of the table of rounds. */
    all() {
      if (stepKind(store.get()) === 'gates') walk(Infinity);
      else
        void inOrder(async () => {
          while (store.get().exhibit?.rounds && store.get().networks.length > 0 && !isComplete(store.get()))
            await update();
        });
    },
    /** Train, or stand still: rounds one by one, everything else as fast as the page sets. */
    toggle() {
      const playing =
        store.get().playing || embedded.networks().some(({ state }) => state().network?.status === 'playing');
      if (!canTrain(store.get())) return;
      if (store.get().playing) store.change({ playing: false });
      else if (showsPart(store.get(), 'rounds')) void playRounds();
      else void each((actions) => (playing ? actions.pause() : actions.play()));
    },
    /** Other first weights, the same for every network that has the same shape. */
    reseed: () =>
      void (
        isWeightsFixed(store.get()) || inOrder(async () => void (await each((actions) => actions.reseed())))
      ),
    /** @param {boolean} rounded */
    round(rounded) {
      store.change({ rounded });
      return inOrder(evaluate);
    },
    /** @param {string} name @param {number} value */
    set(name, value) {
      store.change({ values: { ...store.get().values, [name]: value } });
      const place = NEURON.indexOf(name);
      return store.get().neuron && place >= 0 ? neuron.setWeight(place, value) : evaluateSoon();
    },
    setWeight: neuron.setWeight,
    setSteepness: neuron.setSteepness,
    setZ: shapes.setZ,
    /**
     * Gates put in places of the network; none of them: every weight 0.
     * @param {Record<string, string>} placed
     */
    compose(placed) {
      store.change({ placed });
      return inOrder(() => neuron.compose(placed));
    },
    composeAll: () => inOrder(composeAll),
    /** @param {string} name of an activation, for the hidden layers of the page's own network */
    setHiddenActivation: (name) =>
      inOrder(async () => void (await embedded.networks()[0]?.actions.setHiddenActivation(name))),
    /** @param {string} name of an initializer, for every network of the page */
    initialize: (name) => inOrder(async () => void (await each((actions) => actions.setInitializer(name)))),
    /** @param {number} size */
    setBatchSize: (size) => each((actions) => actions.setBatchSize(size)),
    /** @param {import('../../lib/model/brokenBackprop.js').Fault} fault @param {boolean} broken */
    setFault(fault, broken) {
      const others = store.get().faults.filter((other) => other !== fault);
      store.change({ faults: broken ? [...others, fault] : others });
    },
    /** Blanks in the walk, or none. */
    predict: () => void embedded.networks()[0]?.actions.togglePredict(),
    /** Biases that learn, or stay what they are. @param {boolean} free */
    freeBiases: (free) =>
      inOrder(async () => {
        await embedded.networks()[0]?.actions.freeze(neuron.biases(), !free);
        await reloadTrace();
      }),
    ...createPager(store),
    /** Leave for the playground with the page's own network. */
    leave() {
      const [first] = store.get().networks;
      if (first) window.location.assign(new URL(`../#id=${first.id}`, document.baseURI));
    },
  };
}
