/** The picture painted once more, on paper: lines, marks, then what lies over them. */
import { via } from "./bends.js";
import { paintOver } from "./overlay.js";

/** @typedef {import("./paper.js").Paper} Paper */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {{x: number, y: number}} Point */

/**
 * The corners of a mark around its middle, for a radius of 1, as vis-network draws them.
 *
 * @type {Record<string, Point[]>}
 */
const CORNERS = {
  square: corners([-1, -1], [1, -1], [1, 1], [-1, 1]),
  diamond: corners([0, 1], [1, 0], [0, -1], [-1, 0]),
  triangle: corners([0, -1.01], [1.15, 0.98], [-1.15, 0.98]),
  triangleDown: corners([0, 1.01], [1.15, -0.98], [-1.15, -0.98]),
  hexagon: around(6, () => 1, 0),
  star: around(10, (turn) => (turn % 2 ? 0.41 : 1.07), -Math.PI / 2),
};

/** @param {[number, number][]} given @returns {Point[]} */
function corners(...given) {
  return given.map(([x, y]) => ({ x, y }));
}

/** @param {number} count @param {(turn: number) => number} radius @param {number} start @returns {Point[]} */
function around(count, radius, start) {
  return Array.from({ length: count }, (_, turn) => {
    const angle = start + (2 * Math.PI * turn) / count;
    return { x: radius(turn) * Math.cos(angle), y: radius(turn) * Math.sin(angle) };
  });
}

/** @param {Scene} scene @param {Paper} paper of the size of the scene's canvas, with a foot */
export function drawScene(scene, paper) {
  const scale = scene.network.getScale();
  for (const edge of scene.edgesById.values()) {
    if (scene.showsEdge(edge)) drawLine(scene, paper, /** @type {any} */ (edge), scale);
  }
  for (const node of scene.shown()) drawMark(scene, paper, /** @type {any} */ (node), scale);
  const { clientWidth, clientHeight } = scene.container;
  const sheet = paper.canvas;
  paper.canvas = { width: clientWidth, height: clientHeight, clientWidth, clientHeight };
  paintOver(scene, /** @type {any} */ (paper));
  paper.canvas = sheet;
}

/** @param {Scene} scene @param {Paper} paper @param {any} edge @param {number} scale */
function drawLine(scene, paper, edge, scale) {
  const [start, end] = [scene.place(edge.from), scene.place(edge.to)];
  const over = edge.smooth?.enabled ? via(start, end, edge.smooth) : null;
  const grown = scene.grown * scale;
  paper.globalAlpha = scene.isClear(edge) ? 1 : 0.15;
  paper.strokeStyle = edge.color.color;
  paper.lineWidth = edge.width * grown;
  paper.setLineDash(edge.dashes ? edge.dashes.map((/** @type {number} */ one) => one * scale) : []);
  paper.beginPath();
  paper.moveTo(start.x, start.y);
  if (over) paper.quadraticCurveTo(over.x, over.y, end.x, end.y);
  else paper.lineTo(end.x, end.y);
  paper.stroke();
  paper.setLineDash([]);
  const target = scene.given.get(edge.to);
  if (edge.arrows?.to?.enabled && target) drawHead(paper, over || start, end, target.size * grown, 8 * grown);
  paper.globalAlpha = 1;
}

/** @param {Paper} paper @param {Point} from @param {Point} to @param {number} radius @param {number} size */
function drawHead(paper, from, to, radius, size) {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const tip = { x: to.x - radius * Math.cos(angle), y: to.y - radius * Math.sin(angle) };
  paper.fillStyle = paper.strokeStyle;
  paper.beginPath();
  paper.moveTo(tip.x, tip.y);
  for (const turn of [0.4, -0.4]) {
    paper.lineTo(tip.x - size * Math.cos(angle + turn), tip.y - size * Math.sin(angle + turn));
  }
  paper.closePath();
  paper.fill();
}

/** @param {Scene} scene @param {Paper} paper @param {any} node @param {number} scale */
function drawMark(scene, paper, node, scale) {
  const { x, y } = scene.place(node.id);
  const radius = node.size * scale * scene.grown;
  paper.globalAlpha = !scene.near || scene.near.has(node.id) ? 1 : 0.25;
  paper.fillStyle = node.hollow ? scene.colours?.halo || "#fff" : node.color.background;
  paper.beginPath();
  const points = CORNERS[node.shape];
  if (points) {
    points.forEach((point, index) => {
      const [px, py] = [x + point.x * radius, y + point.y * radius];
      if (index) paper.lineTo(px, py);
      else paper.moveTo(px, py);
    });
    paper.closePath();
  } else paper.arc(x, y, radius);
  paper.fill();
  if (node.hollow) {
    paper.strokeStyle = node.color.border;
    paper.lineWidth = 2 * scale;
    paper.stroke();
  }
  paper.globalAlpha = 1;
}
