/** Starts the picture and ties selection, panel, legend, list and keys together. */
import { readPage } from "./data.js";
import { wireKeys } from "./keys.js";
import { filterList, listRows, wireLegend } from "./legend.js";
import { Panel } from "./panel.js";
import { Scene } from "./scene.js";
import { wireStillYears } from "./stillyears.js";
import { wireActivity, wireTip, wireZoom } from "./stage.js";

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
  const refresh = () => {
    filterList(scene);
    const kept = scene.selected ? scene.given.get(scene.selected) : undefined;
    chooseNode(kept && scene.showsNode(kept) ? kept.id : null);
  };
  const legend = document.getElementById("legend");
  if (legend) wireLegend(legend, scene, refresh);
  wireStillYears(scene, refresh);
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

const canvas = document.getElementById("canvas");
if (canvas) start(canvas);
