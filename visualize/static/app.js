/** Starts the picture and ties selection, panel, legend, list and keys together. */
import { readPage } from "./data.js";
import { wireKeys } from "./keys.js";
import { listRows, wireLegend } from "./legend.js";
import { Panel } from "./panel.js";
import { Scene } from "./scene.js";

/** @param {HTMLElement} canvas */
function start(canvas) {
  const page = readPage();
  const scene = new Scene(canvas, page);
  const root = document.getElementById("panel");
  const center = page.nodes.find((node) => scene.isCenter(node))?.id || "";
  const choose = { node: chooseNode, line: chooseLine };
  const panel = root && page.panel ? new Panel(root, page.panel, scene, choose) : null;

  /** @param {string|null} id */
  function chooseNode(id) {
    scene.select(id);
    if (id || center) panel?.showNode(id || center);
    markRows((edge) => Boolean(edge && id && (edge.from === id || edge.to === id)));
  }

  /** @param {string} id */
  function chooseLine(id) {
    scene.selectEdge(id);
    panel?.showLine(id);
    markRows((edge) => Boolean(edge && edge.id === id));
  }

  /** @param {(edge: import("./data.js").GraphEdge|undefined) => boolean} belongs */
  function markRows(belongs) {
    for (const row of listRows()) {
      row.classList.toggle("selected", belongs(scene.edgesById.get(row.dataset.line || "")));
    }
  }

  scene.network.on("click", (/** @type {{nodes: string[], edges: string[]}} */ hit) => {
    if (hit.nodes.length) chooseNode(hit.nodes[0]);
    else if (hit.edges.length) chooseLine(hit.edges[0]);
    else chooseNode(null);
  });
  if (center) panel?.showNode(center);
  const refresh = () => (chooseNode(scene.selected));
  const legend = document.getElementById("legend");
  if (legend) wireLegend(legend, scene, refresh);
  wireKeys(canvas, scene, { node: chooseNode, open: () => panel?.focus() });
  wireTip(scene, page.panel);
  wireZoom(scene);
  wireActivity(canvas, scene);
  Object.assign(globalThis, { jamae: { scene } });
  document.fonts.ready.then(() => {
    scene.network.redraw();
    document.getElementById("graph-off")?.remove();
    canvas.dataset.ready = "true";
  });
}

/**
 * @param {Scene} scene
 * @param {import("./data.js").PanelData|null} panel
 */
function wireTip(scene, panel) {
  const tip = document.getElementById("tip");
  const kinds = new Map((panel?.nodes || []).map((node) => [node.id, node.kind]));
  const said = new Map((panel?.lines || []).map((line) => [line.id, line.said[0]?.relation]));
  const show = (/** @type {string} */ text, /** @type {{x: number, y: number}} */ at) => {
    if (!tip || !text) return;
    tip.textContent = text;
    tip.hidden = false;
    const right = Math.max(0, scene.container.clientWidth - tip.offsetWidth - 8);
    tip.style.left = `${Math.min(at.x + 14, right)}px`;
    tip.style.top = `${Math.max(4, at.y - tip.offsetHeight - 10)}px`;
  };
  scene.network.on("hoverNode", (/** @type {any} */ hit) => {
    scene.hovered = hit.node;
    const node = scene.given.get(hit.node);
    const kind = kinds.get(hit.node);
    if (node) show(kind ? `${kind} · ${node.label}` : node.label, hit.pointer.DOM);
  });
  scene.network.on("hoverEdge", (/** @type {any} */ hit) => {
    show(said.get(hit.edge) || "", hit.pointer.DOM);
  });
  for (const leave of ["blurNode", "blurEdge", "dragStart", "zoom", "click"]) {
    scene.network.on(leave, () => {
      scene.hovered = null;
      if (tip) tip.hidden = true;
    });
  }
}

/** @param {Scene} scene */
function wireZoom(scene) {
  const actions = new Map([
    ["in", () => scene.zoom(1.25)],
    ["out", () => scene.zoom(0.8)],
    ["fit", () => scene.fit()],
  ]);
  for (const button of document.querySelectorAll("button[data-zoom]")) {
    const action = actions.get(/** @type {HTMLElement} */ (button).dataset.zoom || "");
    if (action) button.addEventListener("click", action);
  }
  let last = scene.container.clientWidth;
  new ResizeObserver(() => {
    if (Math.abs(scene.container.clientWidth - last) < 4) return;
    last = scene.container.clientWidth;
    scene.fit();
  }).observe(scene.container);
}

/**
 * The wheel and a finger scroll the page until the picture has been pressed or focused.
 *
 * @param {HTMLElement} canvas
 * @param {Scene} scene
 */
function wireActivity(canvas, scene) {
  const active = (/** @type {boolean} */ on) => {
    canvas.classList.toggle("active", on);
    scene.network.setOptions({ interaction: { zoomView: on } });
  };
  active(document.body.classList.contains("bare"));
  canvas.addEventListener("pointerdown", () => {
    canvas.classList.add("pressed");
    canvas.focus({ preventScroll: true });
  });
  canvas.addEventListener("keydown", () => canvas.classList.remove("pressed"));
  canvas.addEventListener("focusin", () => active(true));
  canvas.addEventListener("focusout", () => active(document.body.classList.contains("bare")));
}

const canvas = document.getElementById("canvas");
if (canvas) start(canvas);
