/** Badges: how many neighbours of a mark are not in the picture; painted last, over the ring. */

import { overlap } from "./labels.js";

/** @typedef {import("./labels.js").Box} Box */
/** @typedef {{id: string, text: string, box: Box, faint: boolean}} Badge */

const HEIGHT = 16;
/** How far the ring of the selection stands from its mark. */
export const RING = 7;

/**
 * @param {CanvasRenderingContext2D} context in screen pixels
 * @param {import("./scene.js").Scene} scene
 * @returns {Badge[]} one for each mark of which something is left, up and right of it
 */
export function badgeBoxes(context, scene) {
  const scale = scene.network.getScale() * scene.grown;
  context.font = font(scene.colours?.font || "sans-serif");
  return scene.shown().flatMap((node) => {
    if (!node.left) return [];
    const { x, y } = scene.place(node.id);
    const away = (node.size * scale + (node.id === scene.selected ? RING : 0)) * Math.SQRT1_2;
    const text = `+${node.left}`;
    const width = context.measureText(text).width + 8;
    const [left, bottom] = [x + away - 2, y - away + HEIGHT / 2];
    const faint = Boolean(scene.near && !scene.near.has(node.id));
    return [{ id: node.id, text, faint, box: { left, top: bottom - HEIGHT, right: left + width, bottom } }];
  });
}

/**
 * Where it is crowded, those that would cover a mark or another badge give way; never the chosen one's.
 *
 * @param {Badge[]} badges
 * @param {import("./labels.js").Labelled[]} marks
 * @returns {Badge[]}
 */
export function apart(badges, marks) {
  const rank = new Map(marks.map((mark) => [mark.id, mark.rank]));
  const first = [...badges].sort((one, two) => (rank.get(two.id) || 0) - (rank.get(one.id) || 0));
  /** @type {Badge[]} */
  const kept = [];
  for (const badge of first) {
    const covers = marks.some((mark) => mark.id !== badge.id && overlap(badge.box, core(mark)));
    const hits = covers || kept.some((other) => overlap(badge.box, other.box));
    if (!hits || marks.some((mark) => mark.chosen && mark.id === badge.id)) kept.push(badge);
  }
  return kept;
}

/** @param {import("./labels.js").Labelled} mark @returns {Box} the middle of a mark, which must be seen */
function core({ x, y, radius }) {
  const half = radius * 0.5;
  return { left: x - half, top: y - half, right: x + half, bottom: y + half };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Badge[]} badges
 * @param {{ink: string, halo: string, soft: string, font: string}} colours
 */
export function paintBadges(context, badges, colours) {
  context.font = font(colours.font);
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { text, box, faint } of badges) {
    context.globalAlpha = faint ? 0.45 : 1;
    context.beginPath();
    context.roundRect(box.left, box.top, box.right - box.left, HEIGHT, HEIGHT / 2);
    context.fillStyle = colours.halo;
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = colours.soft;
    context.stroke();
    context.fillStyle = colours.ink;
    context.fillText(text, (box.left + box.right) / 2, (box.top + box.bottom) / 2);
  }
  context.globalAlpha = 1;
}

/** @param {string} family */
function font(family) {
  return `600 11px ${family}`;
}
