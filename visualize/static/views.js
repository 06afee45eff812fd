/** Brings the map and the matrix when they are first opened; no sooner, as they are heavy. */
import { subscribe } from "./state.js";

/** @type {Record<string, (pane: HTMLElement) => Promise<unknown>>} */
const STARTS = {
  map: (pane) => import("./map.js").then(({ startMap }) => startMap(pane)),
  matrix: (pane) => import("./matrix.js").then(({ startMatrix }) => startMatrix(pane)),
};

/** Start each view once, when its tab is first chosen. */
export function wireViews() {
  const started = new Set();
  subscribe(({ view }) => {
    const pane = /** @type {HTMLElement|null} */ (document.querySelector(`[data-pane="${view}"]`));
    if (!pane || !STARTS[view] || started.has(view)) return;
    started.add(view);
    STARTS[view](pane).catch(() => {
      started.delete(view);
      pane.querySelector("[data-failed]")?.removeAttribute("hidden");
    });
  });
}
