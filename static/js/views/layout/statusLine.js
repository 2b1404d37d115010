/** The one line under the transport: what is going on, or what went wrong with its one remedy. */

import { element, setAttribute } from '../../lib/dom/element.js';
import { shortest, whole } from '../../lib/format/number.js';
import { datasetOf } from '../../lib/model/selectors.js';
import { withSymbols } from '../../lib/format/notation.js';
import { entryName, text } from '../../lib/format/i18n.js';
import { formatValue } from '../../lib/format/boardNumber.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/types.js').NetworkState} NetworkState */
/** @typedef {import('../../actions/index.js').Actions} Actions */
/**
 * @typedef {{words: string, further?: string, remedy?: string, run?: () => void}} Notice further: for whoever
 *   reads on, not for the back row
 */

const BUSY = [429, 503];
const UNSAVED = 507;

/** "2–4–2–1": inputs, then the units of each layer. @param {NetworkState} network */
function networkWords({ spec }) {
  return [spec.features.length, ...spec.layers.map(({ units }) => units)].join('\u2013');
}

/**
 * What stands in the way of seeing the network at all.
 * @param {State} state
 * @param {Actions} actions
 * @returns {Notice | null}
 */
function connectionNotice({ connection, frame }, actions) {
  const startAnew = () => void actions.startAnew();
  if (connection.status === 'gone')
    return { words: text('line.gone.what'), remedy: text('line.gone.remedy'), run: startAnew };
  if (connection.status === 'unreachable') {
    return {
      words: text('line.unreachable.what'),
      remedy: text('line.unreachable.remedy'),
      run: () => void actions.begin(),
    };
  }
  if (connection.status === 'lost') return { words: text('line.lost', { step: whole(frame?.step ?? 0) }) };
  return null;
}

/** @param {State} state @param {Actions} actions @returns {Notice | null} */
function problemNotice({ problem }, actions) {
  if (!problem) return null;
  if (problem.status === UNSAVED) {
    return {
      words: text('line.unsaved.what', { reason: problem.message }),
      remedy: text('line.unsaved.remedy'),
      run: () => actions.forgetProblem(),
    };
  }
  const key = BUSY.includes(problem.status) ? 'busy' : problem.status >= 500 ? 'failed' : 'refused';
  const reason = problem.status === 0 ? text('line.unreachable.what') : problem.message;
  return {
    words: text(`line.${key}.what`, { reason }),
    remedy: text(`line.${key}.remedy`),
    run: () => actions.forgetProblem(),
  };
}

/** @param {string | number | null} value */
function said(value) {
  if (typeof value === 'string') return value;
  return value === null ? text('cause.endless') : formatValue(value);
}

/** Why it trains no further. @param {State} state @param {Actions} actions @returns {Notice | null} */
function causeNotice({ network }, actions) {
  if (!network?.cause) return null;
  const { kind, values } = network.cause;
  const [words, ...further] = text(
    `cause.${kind}`,
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, said(value)])),
  ).split(/(?<=\.)(?= )/);
  const [remedy, run] =
    kind === 'diverged'
      ? ['cause.gentler', () => void actions.tryGentler()]
      : ['cause.goOn', () => void actions.play()];
  return { words, further: further.join(''), remedy: text(remedy), run };
}

/** @param {State} state @returns {Notice | null} */
function troubleNotice({ trouble }) {
  return trouble === null ? null : { words: text('line.trouble', { reason: trouble }) };
}

/**
 * What became of a link to TensorFlow Playground, until it is read.
 * @param {State} state
 * @param {Actions} actions
 * @returns {Notice | null}
 */
function linkNotice({ network, ui }, actions) {
  if (!network?.spec.tfplayground || ui.linkRead || network.step > 0) return null;
  const count = network.notes.length;
  const [kind, openPanel] =
    count > 0 ? /** @type {const} */ (['differs', 'share']) : /** @type {const} */ (['same', null]);
  return {
    words: text(`line.linked.${kind}.what`, { count }),
    remedy: text(`line.linked.${kind}.remedy`),
    run: () => actions.setUi({ openPanel, linkRead: true }),
  };
}

/**
 * What is to be seen of a preset, and what helps it.
 * @param {State} state
 * @param {Actions} actions
 * @returns {Notice | null}
 */
function presetNotice({ presets: { shown } }, actions) {
  if (!shown) return null;
  const [preset, why, cure] = ['name', 'why', 'cure'].map((part) => text(`preset.${shown.name}.${part}`));
  if (shown.cured)
    return {
      words: text('presets.cured', { cure }),
      remedy: text('note.dismiss'),
      run: () => actions.forgetPreset(),
    };
  const words = text('presets.line', { preset, why });
  if (shown.works) return { words, remedy: text('note.dismiss'), run: () => actions.forgetPreset() };
  return { words, remedy: text('presets.cure', { cure }), run: () => void actions.curePreset(shown.name) };
}

/** What a change has changed along. @param {State} state @param {Actions} actions @returns {Notice | null} */
function alongNotice({ note }, actions) {
  return (
    note && {
      words: text(note.key, note.values),
      remedy: text('note.dismiss'),
      run: () => actions.forgetNote(),
    }
  );
}

/** When it stops by itself. @param {State['ui']['until']} until */
function ruleWords({ plateau, ...rules }) {
  const said = Object.entries(rules).map(([name, value]) =>
    text(`until.say.${name}`, { value: shortest(value) }),
  );
  if (plateau) said.push(text('until.say.plateau', { value: whole(plateau.epochs) }));
  return said.join(text('until.or'));
}

/** @param {State} state */
function restingWords(state) {
  const { catalog, network } = state;
  if (!catalog || !network) return text('line.starting');
  const entry = datasetOf(state);
  const dataset = entry ? entryName('dataset', entry) : text('dataset.own.name');
  const step = whole(state.frame?.step ?? network.step);
  const words = { dataset, network: networkWords(network), step };
  if (network.status !== 'playing') return text('line.paused', words);
  const rules = ruleWords(state.ui.until);
  const line = text('line.playing', words);
  return rules === '' ? line : text('until.line', { line, rules });
}

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createStatusLine(root, actions) {
  let shown = '';
  return {
    /** @param {State} state */
    update(state) {
      const notice =
        connectionNotice(state, actions) ??
        problemNotice(state, actions) ??
        alongNotice(state, actions) ??
        presetNotice(state, actions) ??
        causeNotice(state, actions) ??
        troubleNotice(state) ??
        linkNotice(state, actions);
      const words = notice?.words ?? restingWords(state);
      setAttribute(root, 'data-kind', notice ? 'notice' : 'rest');
      setAttribute(root, 'data-status', state.network?.status ?? 'none');
      const now = `${words}|${notice?.further ?? ''}|${notice?.remedy ?? ''}`;
      if (now === shown) return;
      shown = now;
      root.replaceChildren(
        element('span', { class: 'dot', 'aria-hidden': 'true' }),
        element('span', {}, [
          words,
          element('span', { class: 'further' }, withSymbols(notice?.further ?? '')),
        ]),
      );
      if (notice?.remedy && notice.run) {
        const button = element('button', { type: 'button', class: 'remedy' }, [notice.remedy]);
        button.addEventListener('click', notice.run);
        root.append(button);
      }
    },
    destroy() {},
  };
}
