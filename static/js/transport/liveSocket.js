/**
 * The live socket of one network: events and frames in, acknowledgements and commands out. It comes
 * back by itself after a loss, waiting a random share of a growing time, so that a class whose server
 * restarts does not return all at once.
 */

import { decodeFrame } from './frame.js';
import { Problem, socketAddress } from './rest.js';

/** @typedef {import('./frame.js').Frame} Frame */
/** @typedef {import('../state/types.js').NetworkState} NetworkState */
/** @typedef {import('../state/types.js').Command} Command */
/**
 * @typedef {object} Listener
 * @property {(network: NetworkState) => void} state
 * @property {(frame: Frame) => void} frame
 * @property {(trouble: string | null) => void} storage nothing can be saved, and why; null when that is over
 * @property {() => void} open
 * @property {(seconds: number) => void} lost seconds until the next attempt
 * @property {() => void} gone the network is no more, and no attempt will be made
 */
/** @typedef {{resolve: (network: NetworkState) => void, reject: (problem: Problem) => void}} Waiting */

const UNKNOWN = 4404;
const FIRST_DELAY = 0.5;
const LONGEST_DELAY = 15;

/** @param {number} attempt @returns {number} seconds */
export function backOff(attempt) {
  return Math.random() * Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** attempt);
}

/**
 * @param {string} id
 * @param {Listener} listener
 */
export function createLiveSocket(id, listener) {
  /** @type {Map<number, Waiting>} */
  const waiting = new Map();
  /** @type {WebSocket | null} */
  let socket = null;
  let attempt = 0;
  let lastCommand = 0;
  let timer = 0;
  let closed = false;

  /** @param {string} text */
  function onMessage(text) {
    const event = JSON.parse(text);
    if (event.type === 'state') listener.state(event.state);
    if (event.type === 'storage') listener.storage(event.trouble);
    const asked = waiting.get(event.id);
    waiting.delete(event.id);
    if (event.type === 'done') asked?.resolve(event.state);
    if (event.type === 'error') asked?.reject(new Problem(event.problem));
  }

  /** @param {CloseEvent} event */
  function onLost({ code }) {
    socket = null;
    for (const { reject } of waiting.values()) reject(new Problem({ status: 0 }));
    waiting.clear();
    if (closed) return;
    if (code === UNKNOWN) {
      listener.gone();
      return;
    }
    const seconds = backOff(attempt);
    attempt += 1;
    timer = window.setTimeout(connect, seconds * 1000);
    listener.lost(seconds);
  }

  function connect() {
    socket = new WebSocket(socketAddress(`/networks/${id}/live`));
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      attempt = 0;
      listener.open();
    };
    socket.onmessage = ({ data }) =>
      typeof data === 'string' ? onMessage(data) : listener.frame(decodeFrame(data));
    socket.onclose = onLost;
  }

  const isOpen = () => socket?.readyState === WebSocket.OPEN;

  connect();
  return {
    isOpen,
    acknowledge() {
      if (isOpen()) socket?.send('{"type":"ack"}');
    },
    /** @param {Command} command @returns {Promise<NetworkState>} */
    send({ name, body }) {
      lastCommand += 1;
      const id = lastCommand;
      socket?.send(JSON.stringify({ type: 'command', id, name, arguments: body ?? {} }));
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
    close() {
      closed = true;
      window.clearTimeout(timer);
      socket?.close();
    },
  };
}
