/** What is painted over the picture: counts, labels, the ring around the selection. */
import { RING, apart, badgeBoxes, paintBadges } from "./badges.js";
import { overlap, paintCounts, paintLabels } from "./labels.js";

/** @typedef {import("./scene.js").Scene} Scene */

/** Parts of the way along a line, best first; how wide half a count is, in pixels. */
const ALONG = [0.5, 0.35, 0.65, 0.25];
const COUNT = 10;

/**
 * @param {Scene} scene
 * @param {CanvasRenderingContext2D} context as vis-network leaves it, in its own coordinates
 */
export function paintOver(scene, context) {
  if (!scene.network || !scene.colours) return;
  const { width, clientWidth, clientHeight } = context.canvas;
  const ratio = width / clientWidth;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintCounts(context, counts(scene), scene.colours);
  const room = { width: clientWidth, height: clientHeight };
  const marks = labelled(scene);
  const badges = apart(badgeBoxes(context, scene), marks);
  const taken = [...buttons(), ...badges.map(({ box }) => box)];
  scene.boxes = paintLabels(context, marks, room, scene.colours, taken);
  const own = scene.boxes.get(scene.selected || "");
  const free = badges.filter(({ box }) => !own || !overlap(box, own));
  scene.badges = free.map(({ box }) => box);
  ring(scene, context);
  paintBadges(context, free, scene.colours);
  context.restore();
}

/** @returns {import("./labels.js").Box[]} the part of the canvas under the zoom buttons */
function buttons() {
  const group = /** @type {HTMLElement|null} */ (document.querySelector(".zoom"));
  if (!group) return [];
  const { offsetLeft: left, offsetTop: top, offsetWidth, offsetHeight } = group;
  return [{ left: left - 4, top: top - 4, right: left + offsetWidth, bottom: top + offsetHeight }];
}

/** @param {Scene} scene @returns {{x: number, y: number, count: number, faint: boolean}[]} */
function counts(scene) {
  return [...scene.edgesById.values()]
    .filter((edge) => scene.countOf(edge) > 1 && scene.showsEdge(edge) && scene.network.body.edges[edge.id])
    .map((edge) => ({ ...besideMarks(scene, edge.id), count: scene.countOf(edge), faint: !scene.isClear(edge) }));
}

/**
 * Where on its line a count stands: in the middle, or farther along if a mark is there.
 *
 * @param {Scene} scene
 * @param {string} id of an edge
 * @returns {{x: number, y: number}}
 */
function besideMarks(scene, id) {
  const line = scene.network.body.edges[id].edgeType;
  const spots = ALONG.map((part) => scene.network.canvasToDOM(line.getPoint(part)));
  const scale = scene.network.getScale() * scene.grown;
  const marks = scene.shown().map((node) => ({ ...scene.place(node.id), radius: node.size * scale + COUNT }));
  const free = spots.find((spot) => marks.every(({ x, y, radius }) => Math.hypot(spot.x - x, spot.y - y) > radius));
  return free || spots[0];
}

/** @param {Scene} scene @returns {import("./labels.js").Labelled[]} */
function labelled(scene) {
  const scale = scene.network.getScale() * scene.grown;
  return scene.shown().map((node) => {
    const chosen = node.id === scene.selected;
    const hovered = node.id === scene.hovered;
    const near = !scene.near || scene.near.has(node.id);
    return {
      id: node.id,
      text: node.label,
      ...scene.place(node.id),
      radius: node.size * scale + (chosen ? RING + 2 : 0),
      rank: Number(chosen) * 1000 + Number(hovered) * 500 + Number(near) * 200 + node.size,
      faint: !near && !hovered,
      chosen,
      strong: chosen || hovered || scene.isCenter(node),
    };
  });
}

/**
 * @param {Scene} scene
 * @param {CanvasRenderingContext2D} context
 */
function ring(scene, context) {
  const node = scene.selected ? scene.given.get(scene.selected) : undefined;
  if (!node || !scene.colours || !scene.showsNode(node)) return;
  const { x, y } = scene.place(node.id);
  context.strokeStyle = scene.colours.selection;
  context.lineWidth = 3;
  context.beginPath();
  context.arc(x, y, node.size * scene.network.getScale() * scene.grown + RING, 0, 2 * Math.PI);
  context.stroke();
}
