/**
 * The one state of the page, which is its address. Views read it with `get`, change it with
 * `set` or `act`, and are told of every change; going back in the browser undoes.
 *
 *     subscribe((state, before) => …)   // at once too, with before = null
 *     act("kind", { kind: "Firm" })     // an action of `address.js`
 *     set({ selected: "city:Q1" }, { replace: true })
 */
import { ACTIONS, address, parse } from "./address.js";

/** @typedef {import("./address.js").State} State */
/** @typedef {(state: State, before: State|null) => void} Listener */

/** @type {State} */
let current = parse("");
/** @type {Set<Listener>} */
const listeners = new Set();

/** Take the state from the page's own address, as the server understood it.
 * @param {string} given */
export function begin(given) {
  current = parse(given.split("?")[1] || "");
  const usual = address(current);
  if (location.pathname + location.search !== usual) history.replaceState(null, "", usual);
  addEventListener("popstate", () => become(parse(location.search)));
}

/** @returns {State} */
export function get() {
  return current;
}

/**
 * @param {Partial<State>} changes
 * @param {{replace?: boolean}} [how] replace: no step of its own to go back to
 */
export function set(changes, how = {}) {
  const next = { ...current, ...changes };
  const to = address(next);
  if (to === address(current)) return;
  if (how.replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  become(next);
}

/**
 * @param {string} action a name in `ACTIONS`
 * @param {Record<string, string|undefined>} data
 */
export function act(action, data = {}) {
  const change = ACTIONS[action];
  if (change) set(change(current, data));
}

/** @param {Listener} listener @returns {() => void} stops it */
export function subscribe(listener) {
  listeners.add(listener);
  listener(current, null);
  return () => listeners.delete(listener);
}

/** @param {State} next */
function become(next) {
  const before = current;
  current = next;
  for (const listener of listeners) listener(current, before);
}
