/** The map of the scene: asks for it, draws it, and keeps it in step with the page's state. */
import { Asked, filters } from "./asked.js";
import { showKorea } from "./mapinset.js";
import { MapView } from "./mapview.js";
import { Backdrop } from "./mapworld.js";
import { sceneOf } from "./address.js";
import { get, set, subscribe } from "./state.js";

/** @typedef {import("./address.js").State} State */

const STEP = 60;
const ARROWS = new Map([
  ["ArrowRight", { x: 1, y: 0 }],
  ["ArrowLeft", { x: -1, y: 0 }],
  ["ArrowDown", { x: 0, y: 1 }],
  ["ArrowUp", { x: 0, y: -1 }],
]);

/** @param {HTMLElement} pane */
export function startMap(pane) {
  const stage = /** @type {HTMLElement} */ (pane.querySelector(".map-stage"));
  const inset = /** @type {HTMLElement} */ (pane.querySelector(".inset"));
  const [scenes, worlds] = [new Asked(), new Asked()];
  const view = new MapView(stage, { choose, moved: () => backdrop.move(view.shift) });
  const backdrop = new Backdrop(stage);
  let [drawnFor, worldFor] = ["", ""];

  /** @param {string|null} id */
  function choose(id) {
    set({ selected: id && id === get().selected ? "" : id || "" });
  }

  /** @param {State} state */
  async function follow(state) {
    if (state.view !== "map") return;
    const wanted = sceneOf(state);
    const far = state.show.includes("far");
    const turned = view.far !== far;
    view.far = far;
    if (wanted === drawnFor) {
      view.choose(state.selected || null);
      if (turned) redraw();
      korea();
    } else {
      stage.setAttribute("aria-busy", "true");
      const data = await scenes.get(wanted.replace("/view?", "/explore/map?"));
      if (!data) return;
      drawnFor = wanted;
      view.show(data, get().selected || null);
      tell();
      korea();
      stage.removeAttribute("aria-busy");
      stage.dataset.ready = "true";
    }
    await showWorld(state);
  }

  function redraw() {
    view.draw();
    view.fit();
    backdrop.project(view.projection);
    tell();
  }

  function korea() {
    showKorea(inset, view.data.cities, view.cityOf(view.chosen)?.id, choose);
  }

  /** @param {State} state */
  async function showWorld(state) {
    const query = filters(state).toString();
    const whole = state.show.includes("whole");
    options(pane, state);
    if (whole && query !== worldFor) {
      const data = await worlds.get(`/explore/map/world?${query}`);
      if (!data) return;
      worldFor = query;
      backdrop.data = data;
    }
    if (!whole) worldFor = "";
    backdrop.show(whole ? backdrop.data : null, view.projection);
    stage.classList.toggle("whole", whole);
  }

  /** Say what the map cannot show: what has no place, and lines over its edge. */
  function tell() {
    const { unplaced } = view.data;
    fill(pane, ".map-note", unplaced.length, unplaced.join(", "));
    fill(pane, ".map-cut", view.cut, "");
  }

  const failed = () => pane.querySelector("[data-failed]")?.removeAttribute("hidden");
  wireOptions(pane);
  wireZoom(pane, view);
  wirePointer(stage, view);
  wireKeys(stage, view);
  new ResizeObserver(() => {
    if (drawnFor && view.width) redraw();
  }).observe(stage);
  Object.assign(/** @type {any} */ (globalThis).jamae ?? {}, { map: view });
  subscribe((state) => {
    follow(state).catch(failed);
  });
}

/**
 * @param {HTMLElement} pane
 * @param {string} selector of a sentence that is hidden when there is nothing to say
 * @param {number} n
 * @param {string} names
 */
function fill(pane, selector, n, names) {
  const note = /** @type {HTMLElement} */ (pane.querySelector(selector));
  note.hidden = !n;
  note.textContent = (note.dataset.said || "").replace("{n}", String(n)).replace("{names}", () => names);
}

/** @param {HTMLElement} pane */
function wireOptions(pane) {
  for (const box of pane.querySelectorAll("input[data-option]")) {
    const input = /** @type {HTMLInputElement} */ (box);
    input.addEventListener("change", () => {
      const [word, { show }] = [input.dataset.option || "", get()];
      set({ show: input.checked ? [...show, word] : show.filter((one) => one !== word) });
    });
  }
}

/**
 * @param {HTMLElement} pane
 * @param {State} state
 */
function options(pane, state) {
  for (const box of pane.querySelectorAll("input[data-option]")) {
    const input = /** @type {HTMLInputElement} */ (box);
    input.checked = state.show.includes(input.dataset.option || "");
  }
}

/**
 * @param {HTMLElement} pane
 * @param {MapView} view
 */
function wireZoom(pane, view) {
  const acts = new Map([
    ["in", () => view.zoom(1.4)],
    ["out", () => view.zoom(1 / 1.4)],
    ["fit", () => view.fit()],
  ]);
  for (const button of pane.querySelectorAll("button[data-map-zoom]")) {
    const name = /** @type {HTMLElement} */ (button).dataset.mapZoom || "";
    button.addEventListener("click", () => acts.get(name)?.());
  }
}

/**
 * Dragging moves the map; the wheel zooms once the map was pressed or focused, as in the graph.
 *
 * @param {HTMLElement} stage
 * @param {MapView} view
 */
function wirePointer(stage, view) {
  /** @type {{id: number, x: number, y: number}|null} */
  let held = null;
  stage.addEventListener("pointerdown", (event) => {
    if (/** @type {Element} */ (event.target).closest("button, label")) return;
    stage.focus({ preventScroll: true });
    if (event.pointerType === "touch" && !event.isPrimary) return;
    held = { id: event.pointerId, x: event.clientX, y: event.clientY };
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener("pointermove", (event) => {
    if (!held || event.pointerId !== held.id) return;
    view.pan(event.clientX - held.x, event.clientY - held.y);
    held = { id: held.id, x: event.clientX, y: event.clientY };
  });
  for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, () => (held = null));
  stage.addEventListener(
    "wheel",
    (event) => {
      if (!stage.contains(document.activeElement)) return;
      event.preventDefault();
      const { left, top } = stage.getBoundingClientRect();
      view.zoom(Math.exp(-event.deltaY / 400), [event.clientX - left, event.clientY - top]);
    },
    { passive: false },
  );
}

/**
 * Arrows on the map move it, on a city they go to the next one that way.
 *
 * @param {HTMLElement} stage
 * @param {MapView} view
 */
function wireKeys(stage, view) {
  const acts = new Map([
    ["+", () => view.zoom(1.4)],
    ["=", () => view.zoom(1.4)],
    ["-", () => view.zoom(1 / 1.4)],
    ["0", () => view.fit()],
    ["Escape", () => set({ selected: "" })],
  ]);
  stage.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const way = ARROWS.get(event.key);
    const city = /** @type {HTMLElement} */ (event.target).closest(".map-city");
    const act = way ? () => (city ? walk(view, city, way) : view.pan(-way.x * STEP, -way.y * STEP)) : acts.get(event.key);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
}

/**
 * @param {MapView} view
 * @param {Element} from
 * @param {{x: number, y: number}} way
 */
function walk(view, from, way) {
  const spots = view.data.cities.flatMap((city) => {
    const [button, spot] = [view.dots.buttons.get(city.id), view.place(city.at)];
    return button && spot ? [{ button, x: spot[0], y: spot[1] }] : [];
  });
  const here = spots.find((spot) => spot.button === from);
  if (!here) return;
  let [best, found] = [Infinity, here.button];
  for (const spot of spots) {
    const [x, y] = [spot.x - here.x, spot.y - here.y];
    const [ahead, aside] = [x * way.x + y * way.y, Math.abs(x * way.y - y * way.x)];
    if (ahead > 0.5 && ahead + 2 * aside < best) [best, found] = [ahead + 2 * aside, spot.button];
  }
  found.focus({ preventScroll: true });
}
