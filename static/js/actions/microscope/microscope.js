/**
 * Looking at one example: fetching its trace, walking through it, making its update true, checking the
 * gradient.
 */

import { NO_BLANKS, isAsking } from '../../lib/trace/blanks.js';
import { walkOfBatch } from '../../lib/trace/batchWalk.js';
import { samePlace, walkOf } from '../../lib/trace/walk.js';
import { commands } from '../../transport/commands.js';
import { PREFIX, Problem, call, get } from '../../transport/rest.js';
import { createExercises } from './exercises.js';

/** @typedef {ReturnType<typeof import('../../state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('../commandSender.js').createCommandSender>} Sender */
/** @typedef {import('../../state/slices/microscope.js').Microscope} Microscope */
/** @typedef {import('../../lib/trace/walk.js').Trace} Trace */
/** @typedef {import('../../lib/trace/walk.js').Phase} Phase */
/** @typedef {import('../../lib/trace/walk.js').Notation} Notation */

/** The parameters after a trace's update, as REST has them. @param {Trace} trace */
function layersAfter({ lines }) {
  /** @type {{W: number[][], b: number[]}[]} */
  const layers = [];
  for (const { layer, unit, value } of lines.filter(({ phase }) => phase === 'update')) {
    layers[layer - 2] ??= { W: [], b: [] };
    const { W, b } = layers[layer - 2];
    if (b.length < unit) {
      b.push(value ?? NaN);
      W.push([]);
    } else W[unit - 1].push(value ?? NaN);
  }
  return layers;
}

const MOST_WORK = 60_000;

/** @param {Store} store @param {Sender} sender */
export function createMicroscope(store, sender) {
  const now = () => store.get().microscope;
  const predicting = createExercises(store, sender, reportProblem);
  /** @param {Partial<Microscope>} change */
  const change = (change) => store.dispatch({ type: 'microscope', change });
  const stops = () => walkOf(now().trace, now().notation);

  /**
   * Ask for something; a refusal is told where refusals are told.
   * @template Answer
   * @param {() => Promise<Answer>} ask
   */
  async function reportProblem(ask) {
    try {
      return await ask();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      store.dispatch({ type: 'problem', problem: { status: problem.status, message: problem.message } });
      change({ waiting: false });
      return null;
    }
  }

  /** @param {number} [work] parameters times rows that may be looked at */
  async function check(work = Infinity) {
    const { network, frame, data } = store.get();
    if (!network) return;
    const rows = data?.split.filter((split) => split === 'train').length ?? 0;
    const body = rows * (frame?.theta.length ?? 0) <= work ? {} : { example: 0 };
    const response = await call({
      method: 'POST',
      path: `${PREFIX}/networks/${network.id}/gradient-check`,
      body,
    });
    change({ check: response, checkOf: `${network.id} ${network.version} ${response.step}` });
  }

  async function standStill() {
    if (store.get().network?.status === 'playing') await sender.command((id) => commands.pause(id));
  }

  /** @param {number} wanted a row of the data */
  async function loadExample(wanted) {
    const rows = store.get().network?.spec.data.examples ?? wanted + 1;
    const example = Math.max(0, Math.min(rows - 1, Math.floor(wanted)));
    change({ example, waiting: true, panel: 'walk' });
    await sender.coalesce('trace', async () => {
      await standStill();
      const id = store.get().network?.id;
      if (!id) return;
      const tolerances = isAsking(now().blanks) ? predicting.tolerancesOf(id, example) : null;
      const path = `/networks/${id}/trace${now().batch ? '/batch' : `?example=${example}`}`;
      const response = await reportProblem(() =>
        Promise.all([get(path).then((answer) => (answer.each ? walkOfBatch(answer) : answer)), tolerances]),
      );
      const { network } = store.get();
      if (!response || network?.id !== id || !network) return;
      const before = now();
      const stop = walkOf(before.trace, before.notation)[before.at];
      store.dispatch({ type: 'trace', trace: response[0], network, tolerances: response[1] });
      walkTo(samePlace(stop, walkOf(response[0], before.notation)));
    });
  }

  /** @param {number} at */
  function walkTo(at) {
    const stop = Math.max(0, Math.min(stops().length - 1, at));
    change({ at: stop, panel: 'walk' });
    predicting.tellUpTo(stop);
  }

  /** Whether the example is the very next one training takes. @param {Trace} trace @param {string} id */
  async function isNext({ example }, id) {
    const { examples } = await get(`/networks/${id}/gradients?batch=next`);
    return examples[0] === example;
  }

  return {
    isLooking: () => now().open,
    toggleMicroscope() {
      const { open, trace, changed, moved, example } = now();
      change({ open: !open });
      if (!open && (!trace || changed || moved)) return loadExample(example);
      return Promise.resolve();
    },
    /** Look at an example, whether the microscope was open or not. @param {number} example */
    pickExample(example) {
      change({ open: true, batch: false });
      return loadExample(example);
    },
    /** The whole next batch, or one example again. */
    toggleBatch() {
      change({ batch: !now().batch, blanks: NO_BLANKS });
      return loadExample(now().example);
    },
    reloadTrace: () => loadExample(now().example),
    walkTo,
    /** One stop further, once what is asked for at this one is told. @param {number} by */
    walk(by) {
      if (by < 0 || !predicting.revealStop()) walkTo(now().at + by);
    },
    walkToEnd: () => walkTo(stops().length - 1),
    /** @param {Phase} phase */
    walkToPhase(phase) {
      const at = stops().findIndex((stop) => stop.phase === phase);
      if (at >= 0) walkTo(at);
    },
    /** @param {Notation} notation */
    setNotation(notation) {
      const { trace, at } = now();
      const stop = stops()[at];
      change({ notation, at: samePlace(stop, walkOf(trace, notation)) });
    },
    /** Blanks, or none; they are for one example, so a batch is left. */
    async togglePredict() {
      if (now().batch) {
        change({ batch: false });
        await loadExample(now().example);
      }
      await predicting.togglePredict();
    },
    blank: predicting.blank,
    reveal: predicting.reveal,
    answer: predicting.answer,
    isPredicting: predicting.isPredicting,
    toggleExact: () => change({ exact: !now().exact }),
    closeCheck: () => change({ panel: 'walk' }),
    /**
     * Make the trace's update: as a training step where this example is the next one, else by setting the
     * weights.
     */
    async doUpdate() {
      const { trace } = now();
      const id = store.get().network?.id;
      if (!trace || !id) return;
      await standStill();
      const next = trace.batch ? true : await reportProblem(() => isNext(trace, id));
      if (next === null) return;
      const made = await sender.command((network) =>
        next
          ? commands.steps(network, 1, trace.batch ? 'step' : 'example')
          : commands.parameters(network, layersAfter(trace)),
      );
      if (made) change({ applied: made.step });
    },
    /** Backpropagation against central differences, over all training examples. */
    async checkGradient() {
      change({ open: true, panel: 'check' });
      await standStill();
      await sender.coalesce('check', () => reportProblem(check));
    },
    /**
     * The same for the mark beside the loss; where it would take long, over one example. Nobody is told when
     * it fails.
     */
    checkQuietly: () =>
      sender.coalesce('check', () =>
        check(MOST_WORK).catch((problem) => {
          if (!(problem instanceof Problem)) throw problem;
        }),
      ),
  };
}
