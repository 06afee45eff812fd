/** Starts the page of a scene: one state, and every view and control in step with it. */
import { VIEWS, address, sceneOf } from "./address.js";
import { readPage } from "./data.js";
import { wireHelp } from "./help.js";
import { wireKeys } from "./keys.js";
import { letterOf } from "./letters.js";
import { wireMenu } from "./menu.js";
import { Panel } from "./panel.js";
import { Scene } from "./scene.js";
import { wireActivity, wireTip, wireZoom } from "./stage.js";
import { act, begin, get, set, subscribe, wireSteps } from "./state.js";
import { fetchScene, onScene } from "./swap.js";
import { wireEnds } from "./ends.js";
import { wireTable } from "./table.js";
import { wireViews } from "./views.js";
import { wireYears } from "./years.js";

/** @typedef {import("./address.js").State} State */

/** @param {HTMLElement} root @param {HTMLElement} canvas @param {HTMLElement} panelRoot */
function start(root, canvas, panelRoot) {
  begin(root.dataset.address || "");
  let page = readPage();
  const scene = new Scene(canvas, page, get().center);
  const panel = new Panel(panelRoot, /** @type {any} */ (page.panel), scene, {
    node: (id) => set({ selected: id || "" }),
    line: (id) => chooseLine(id),
  });

  /** @param {string} id */
  function chooseLine(id) {
    scene.selectEdge(id);
    panel.showLine(id);
  }

  /** @param {string} node opens its next kind; if nothing is left the panel has the focus */
  function openNext(node) {
    const kind = panel.nextKind(node);
    if (kind) act("more", { node, kind });
    else panel.focus();
  }

  /** @param {State} state */
  function choose(state) {
    const id = scene.given.has(state.selected) ? state.selected : "";
    if (!id && panel.route.length) scene.trace(panel.route);
    else scene.select(id || null, state.steps);
    panel.showNode(id || state.center);
    for (const row of document.querySelectorAll("tr[data-node], tr[data-line]")) {
      const { node, line } = /** @type {HTMLElement} */ (row).dataset;
      const edge = scene.edgesById.get(line || "");
      row.classList.toggle("selected", Boolean(id) && [node, edge?.from, edge?.to].includes(id));
    }
  }

  onScene((data) => {
    const before = scene.given.size;
    const came = data.nodes.filter((node) => !scene.given.has(node.id)).length;
    page = data;
    panel.take(/** @type {any} */ (data.panel));
    scene.take(data, get().center);
    choose(get());
    if (came || scene.given.size !== before) say(panel.came(came, scene.given.size));
  });
  subscribe((state, before) => {
    if (state.view !== before?.view) showView(state);
    if (!before || sceneOf(state) === sceneOf(before)) {
      choose(state);
      return;
    }
    root.setAttribute("aria-busy", "true");
    fetchScene(address(state))
      .catch(() => say(panel.words.scene_failed || ""))
      .then((came) => came === false || root.removeAttribute("aria-busy"));
  });
  scene.network.on("click", (/** @type {{nodes: string[], edges: string[]}} */ hit) => {
    if (hit.nodes.length) set({ selected: hit.nodes[0] });
    else if (hit.edges.length) chooseLine(hit.edges[0]);
    else set({ selected: "" });
  });
  scene.network.on("doubleClick", (/** @type {{nodes: string[]}} */ hit) => {
    if (hit.nodes.length) openNext(hit.nodes[0]);
  });
  wireActions();
  wireKeys(canvas, scene, {
    node: (id) => set({ selected: id || "" }),
    open: () => openNext(get().selected || get().center),
    close: () => act("close", { node: get().selected || get().center }),
  });
  wireMenu(scene, panel);
  wireTip(scene, page.panel);
  wireZoom(scene);
  wireActivity(canvas, scene);
  wireTable();
  wireHelp();
  wireYears();
  wireViews();
  wireSteps();
  wireEnds();
  Object.assign(globalThis, { jamae: { scene, state: { get, set, act, subscribe }, onScene } });
  document.fonts.ready.then(() => {
    scene.network.redraw();
    document.getElementById("graph-off")?.remove();
    canvas.dataset.ready = "true";
  });

  /** @param {State} state */
  function showView(state) {
    for (const pane of document.querySelectorAll("[data-pane]")) {
      const hide = /** @type {HTMLElement} */ (pane).dataset.pane !== state.view;
      pane.toggleAttribute("hidden", hide);
    }
    for (const tab of document.querySelectorAll("#tabs a")) {
      const here = /** @type {HTMLElement} */ (tab).dataset.view === state.view;
      if (here) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
    if (state.view === "graph") requestAnimationFrame(() => scene.shownAgain());
  }
}

/** @param {string} text for who hears the page */
function say(text) {
  const live = document.getElementById("live");
  if (live) live.textContent = text;
}

/** Every control is a link that says what it does; here it is done without leaving the page. */
function wireActions() {
  document.addEventListener("click", (event) => {
    const link = actor(event);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    act(link.dataset.act || "", { ...link.dataset });
  });
  document.addEventListener("keydown", (event) => {
    const link = actor(event);
    if (link && event.key === " " && link.getAttribute("role") === "button") {
      event.preventDefault();
      link.click();
    }
    const view = VIEWS["gmsl".indexOf(letterOf(event) || " ")];
    if (view) act("view", { view });
  });
}

/** @param {Event} event @returns {HTMLElement|null} */
function actor(event) {
  return /** @type {Element} */ (event.target).closest?.("[data-act]") ?? null;
}

const [root, canvas, panelRoot] = ["scene", "canvas", "panel"].map((id) => document.getElementById(id));
if (root && canvas && panelRoot) start(root, canvas, panelRoot);
