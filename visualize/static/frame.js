/** How the picture is stretched, scaled and moved so that all of it fits the canvas. */

const SIDE = 75;
const NARROW_SIDE = 0.12;
const BUTTONS = 40;
const LEVEL = 58;
const MOST_STRETCH = 2;
const CLOSEST = 1.5;

/** @typedef {{x: number, y: number}} Point */

/**
 * @param {Point[]} marks as the server placed them
 * @param {{clientWidth: number, clientHeight: number}} canvas
 * @returns {{stretch: Point, position: Point, scale: number}|null} null if there is nothing to
 *   see or nowhere to see it
 */
export function frameOf(marks, { clientWidth: width, clientHeight: height }) {
  if (!marks.length || !width) return null;
  const span = (/** @type {"x"|"y"} */ axis) => {
    const all = marks.map((mark) => mark[axis]);
    return { least: Math.min(...all), length: Math.max(...all) - Math.min(...all) };
  };
  const [across, down] = [span("x"), span("y")];
  const side = Math.min(SIDE, width * NARROW_SIDE);
  const [wide, high] = [Math.max(width - 2 * side - BUTTONS, 60), Math.max(height - 2 * LEVEL, 60)];
  const ratio = (wide / high) * (Math.max(down.length, 1) / Math.max(across.length, 1));
  const within = (/** @type {number} */ value) => Math.min(Math.max(value, 1), MOST_STRETCH);
  const stretch = { x: within(ratio), y: within(1 / ratio) };
  const [spanX, spanY] = [across.length * stretch.x, down.length * stretch.y];
  const scale = Math.min(wide / Math.max(spanX, 1), high / Math.max(spanY, 1), CLOSEST);
  const position = {
    x: across.least * stretch.x + spanX / 2 + BUTTONS / 2 / scale,
    y: down.least * stretch.y + spanY / 2,
  };
  return { stretch, position, scale };
}
