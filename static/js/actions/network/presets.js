/** Set-ups to watch: those that work, those that fail, and what helps them. */

import { commands } from '../../transport/commands.js';
import { fetchPresets } from '../../transport/staticFiles.js';

/** @typedef {ReturnType<typeof import('../../state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('../commandSender.js').createCommandSender>} Sender */
/** @typedef {ReturnType<typeof import('../session.js').createSession>} Session */

/**
 * @param {Store} store
 * @param {Sender} sender
 * @param {Session} session
 */
export function createPresets(store, sender, session) {
  /** @param {string} name */
  const named = (name) => store.get().presets.list.find((preset) => preset.name === name);

  /**
   * A network of its own, and the one before a step back in the browser.
   * @param {string} name
   * @returns {Promise<boolean>} whether it is there
   */
  async function openPreset(name) {
    const preset = named(name);
    if (!preset || !(await session.create(preset.spec, { anew: true, plays: true }))) return false;
    store.dispatch({ type: 'ui', change: { openPanel: null } });
    store.dispatch({ type: 'preset', shown: { name, works: preset.works, cured: false } });
    return true;
  }

  return {
    async readPresets() {
      if (store.get().presets.list.length === 0)
        store.dispatch({ type: 'presets', list: await fetchPresets() });
    },
    openPreset,
    /** What is wrong with it is put right, and it starts afresh. @param {string} name */
    async curePreset(name) {
      const { shown } = store.get().presets;
      const remedy = named(name)?.remedy;
      if (!remedy || (shown?.name !== name && !(await openPreset(name)))) return;
      if (!(await sender.restartWith(remedy.change))) return;
      if (store.get().network?.status !== 'playing')
        await sender.command((id) => commands.play(id, store.get().ui));
      store.dispatch({ type: 'ui', change: { openPanel: null } });
      store.dispatch({ type: 'preset', shown: { name, works: true, cured: true } });
    },
    forgetPreset: () => store.dispatch({ type: 'preset', shown: null }),
  };
}
