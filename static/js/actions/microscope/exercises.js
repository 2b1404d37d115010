/** Predict, then reveal: values are blanked, typed, judged by the service, and opened. */

import { NO_BLANKS, blanksAt, isAsking, hideAnswers } from '../../lib/trace/blanks.js';
import { walkOf } from '../../lib/trace/walk.js';
import { PREFIX, Problem, call, get } from '../../transport/rest.js';

/** @typedef {ReturnType<typeof import('../../state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('../commandSender.js').createCommandSender>} Sender */
/** @typedef {import('../../lib/trace/blanks.js').Blanks} Blanks */

/**
 * @param {Store} store
 * @param {Sender} sender
 * @param {<Answer>(ask: () => Promise<Answer>) => Promise<Answer | null>} reportProblem tells of a refusal
 */
export function createExercises(store, sender, reportProblem) {
  const now = () => store.get().microscope;
  /** @param {Partial<Blanks>} change */
  const change = (change) =>
    store.dispatch({ type: 'microscope', change: { blanks: { ...now().blanks, ...change } } });

  /**
   * How near an answer has to come, for every value that can be asked for.
   * @param {string} id
   * @param {number} example
   * @returns {Promise<Record<string, number>>}
   */
  async function tolerancesOf(id, example) {
    const { questions } = await get(`/networks/${id}/questions?example=${example}`);
    return Object.fromEntries(
      questions.map((/** @type {{symbol: string, tolerance: number}} */ { symbol, tolerance }) => [
        symbol,
        tolerance,
      ]),
    );
  }

  /** The symbols asked for at a stop of the walk. @param {number} at */
  function askedFor(at) {
    const { trace, notation, blanks } = now();
    return trace ? blanksAt(walkOf(trace, notation)[at], hideAnswers(trace, blanks).asked) : [];
  }

  /** What came before a stop, which whoever goes there is told. @param {number} at */
  function tellUpTo(at) {
    const { trace, notation, blanks } = now();
    if (!trace || !isAsking(blanks)) return;
    if (!blanks.all) return change({ judged: null });
    const before = walkOf(trace, notation)
      .slice(0, at)
      .flatMap(({ lines }) => lines);
    return change({
      judged: null,
      found: [...new Set([...blanks.found, ...before.map(({ symbol }) => symbol)])],
    });
  }

  /** @param {Partial<Blanks>} asking */
  async function ask(asking) {
    const { network } = store.get();
    const { trace, at } = now();
    if (!network || !trace || trace.example >= (network.spec.data.examples ?? 0)) return;
    const tolerances =
      now().blanks.tolerances ?? (await reportProblem(() => tolerancesOf(network.id, trace.example)));
    if (!tolerances) return;
    change({ ...asking, tolerances });
    tellUpTo(at);
  }

  /** @param {string[]} symbols */
  function reveal(symbols) {
    const { blanks } = now();
    change({
      found: [...blanks.found, ...symbols],
      asked: blanks.asked.filter((symbol) => !symbols.includes(symbol)),
    });
  }

  return {
    tolerancesOf,
    tellUpTo,
    /** Every value a blank, or none. */
    togglePredict: () =>
      isAsking(now().blanks) ? Promise.resolve(change(NO_BLANKS)) : ask({ ...NO_BLANKS, all: true }),
    /** One value blanked. @param {string} symbol */
    blank(symbol) {
      const { found, asked } = now().blanks;
      return ask({
        found: found.filter((other) => other !== symbol),
        asked: [...asked, symbol],
        judged: null,
      });
    },
    reveal,
    /** What is asked for at this stop is told; false: nothing was. */
    revealStop() {
      const symbols = askedFor(now().at);
      if (symbols.length > 0) reveal(symbols);
      return symbols.length > 0;
    },
    isPredicting: () => askedFor(now().at).length > 0,
    /** @param {string} symbol @param {string} typed */
    async answer(symbol, typed) {
      const { trace } = now();
      const id = store.get().network?.id;
      if (!trace || !id) return;
      await sender.coalesce('answer', async () => {
        const body = { example: trace.example, step: trace.step, answers: { [symbol]: typed } };
        const response = await call({ method: 'POST', path: `${PREFIX}/networks/${id}/answers`, body }).catch(
          (problem) => {
            if (!(problem instanceof Problem)) throw problem;
            return {
              answers: [{ symbol, number: null, correct: false, hint: null, refused: problem.message }],
            };
          },
        );
        if (now().trace !== trace) return;
        if (response.answers[0].correct) reveal([symbol]);
        change({ judged: response.answers[0] });
      });
    },
  };
}
