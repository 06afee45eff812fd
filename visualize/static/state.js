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
let [at, last] = [0, 0];
/** @type {Set<Listener>} */
const listeners = new Set();

/** Take the state from the page's own address, as the server understood it.
 * @param {string} given */
export function begin(given) {
  current = parse(given.split("?")[1] || "");
  const usual = address(current);
  at = history.state?.at ?? 0;
  last = Math.max(at, history.state?.last ?? 0);
  history.replaceState({ at, last }, "", usual);
  addEventListener("popstate", (event) => {
    at = event.state?.at ?? 0;
    become(parse(location.search));
  });
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
  if (!how.replace) last = at += 1;
  history[how.replace ? "replaceState" : "pushState"]({ at, last }, "", to);
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

/** The two buttons that undo and redo: the steps of the browser's own history. */
export function wireSteps() {
  const buttons = ["undo", "redo"].map((id) => document.getElementById(id));
  const [undo, redo] = /** @type {HTMLButtonElement[]} */ (buttons);
  if (!undo || !redo) return;
  undo.addEventListener("click", () => history.back());
  redo.addEventListener("click", () => history.forward());
  subscribe(() => {
    undo.disabled = at === 0;
    redo.disabled = at === last;
  });
  document.getElementById("steps")?.removeAttribute("hidden");
}
