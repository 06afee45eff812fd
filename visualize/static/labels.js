/**
 * Labels painted over the picture: one size on screen at any zoom, with a halo, none over
 * another. Who matters more is placed first.
 *
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 * @typedef {{id: string, text: string, x: number, y: number, radius: number, rank: number,
 *   strong: boolean, faint: boolean, chosen?: boolean}} Labelled
 */

const SIZE = 13;
const LEADING = 16;
const WIDEST = 140;
const MOST_LINES = 3;
const GAP = 3;
const FEW = 25;

/**
 * Break a text into lines no wider than a label may be; the last takes what is left.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @returns {string[]}
 */
function wrap(context, text) {
  const lines = [""];
  for (const piece of text.split(/(?<=[ ·/)])/u)) {
    const last = lines[lines.length - 1];
    const fits = context.measureText((last + piece).trimEnd()).width <= WIDEST;
    if (fits || !last) lines[lines.length - 1] = last + piece;
    else lines.push(piece);
  }
  const broken = lines.flatMap((line) => chop(context, line.trim()));
  if (broken.length <= MOST_LINES) return broken;
  return [...broken.slice(0, MOST_LINES - 1), `${broken[MOST_LINES - 1].slice(0, -1)}…`];
}

/** @type {Map<string, {lines: string[], width: number}>} by font and text, as long as a page lives */
const known = new Map();

/**
 * A text broken into lines, and how wide they are; measured once for each font.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @returns {{lines: string[], width: number}}
 */
function measured(context, text) {
  const key = `${context.font} ${text}`;
  const found = known.get(key);
  if (found) return found;
  const lines = wrap(context, text);
  const width = Math.max(...lines.map((line) => context.measureText(line).width)) + 4;
  const made = { lines, width };
  known.set(key, made);
  return made;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} line a line without a place to break
 * @returns {string[]}
 */
function chop(context, line) {
  const parts = [""];
  for (const letter of line) {
    const last = parts[parts.length - 1];
    if (last && context.measureText(last + letter).width > WIDEST) parts.push(letter);
    else parts[parts.length - 1] = last + letter;
  }
  return parts;
}

/**
 * @param {Box} one
 * @param {Box} two
 */
export function overlap(one, two) {
  return (
    one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom
  );
}

/**
 * Where a label may stand around its mark, best first, kept inside the canvas.
 *
 * @param {Labelled} node
 * @param {number} width
 * @param {number} height
 * @param {{width: number, height: number}} room
 * @returns {Box[]}
 */
function places(node, width, height, room) {
  const { x, y, radius } = node;
  const spots = [];
  for (const away of [GAP, 2 * GAP + height / 2, 4 * GAP + height]) {
    for (const slide of [0, -width / 3, width / 3]) {
      spots.push([x - width / 2 + slide, y + radius + away]);
      spots.push([x - width / 2 + slide, y - radius - away - height]);
    }
    spots.push([x + radius + away + GAP, y - height / 2]);
    spots.push([x - radius - away - GAP - width, y - height / 2]);
  }
  return spots
    .filter(([, top]) => top >= 0 && top + height <= room.height)
    .map(([left, top]) => {
      const inside = Math.min(Math.max(left, 2), Math.max(2, room.width - width - 2));
      return { left: inside, top, right: inside + width, bottom: top + height };
    });
}

/**
 * @param {Labelled} node
 * @returns {Box}
 */
function body(node) {
  const { x, y, radius } = node;
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

/**
 * @param {Labelled} node
 * @param {{width: number, height: number}} room
 */
function visible({ x, y }, room) {
  return x >= 0 && y >= 0 && x <= room.width && y <= room.height;
}

/**
 * Paint as many labels as fit without touching one another; where there are few, all, even
 * if one has to stand on a mark. That of the chosen mark is always there.
 *
 * @param {CanvasRenderingContext2D} context in screen pixels
 * @param {Labelled[]} nodes
 * @param {{width: number, height: number}} room
 * @param {{ink: string, halo: string, font: string}} colours
 * @param {Box[]} taken where no label may stand
 * @returns {Map<string, Box>} where each painted label stands
 */
export function paintLabels(context, nodes, room, colours, taken) {
  /** @type {Map<string, Box>} */
  const placed = new Map();
  const seen = nodes.filter((node) => visible(node, room));
  const bodies = seen.map(body);
  const blocked = [...taken];
  const hits = (/** @type {Box[]} */ boxes, /** @type {Box} */ spot) =>
    boxes.some((box) => overlap(spot, box));
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.lineJoin = "round";
  for (const node of seen.sort((one, two) => two.rank - one.rank)) {
    context.font = `${node.strong ? 700 : 500} ${SIZE}px ${colours.font}`;
    const { lines, width } = measured(context, node.text);
    const spots = places(node, width, lines.length * LEADING, room);
    const free = spots.filter((spot) => !hits(blocked, spot));
    const clear = free.find((spot) => !hits(bodies, spot));
    const few = seen.length <= FEW || node.strong;
    const spot = clear || (few ? free[0] : undefined) || (node.chosen ? spots[0] : undefined);
    if (!spot) continue;
    placed.set(node.id, spot);
    blocked.push(spot);
    context.globalAlpha = node.faint ? 0.45 : 1;
    write(context, lines, spot, colours);
  }
  context.globalAlpha = 1;
  return placed;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string[]} lines
 * @param {Box} spot
 * @param {{ink: string, halo: string}} colours
 */
function write(context, lines, spot, colours) {
  const middle = (spot.left + spot.right) / 2;
  lines.forEach((line, index) => {
    const y = spot.top + LEADING * (index + 0.5);
    context.lineWidth = 4;
    context.strokeStyle = colours.halo;
    context.strokeText(line, middle, y);
    context.fillStyle = colours.ink;
    context.fillText(line, middle, y);
  });
}

/**
 * Paint how many statements a line folds, beside its middle.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number, count: number, faint?: boolean}[]} counts
 * @param {{soft: string, halo: string, font: string}} colours
 */
export function paintCounts(context, counts, colours) {
  context.font = `600 11px ${colours.font}`;
  context.textBaseline = "middle";
  context.textAlign = "center";
  for (const { x, y, count, faint } of counts) {
    context.globalAlpha = faint ? 0.3 : 1;
    context.lineWidth = 4;
    context.strokeStyle = colours.halo;
    context.strokeText(`×${count}`, x, y);
    context.fillStyle = colours.soft;
    context.fillText(`×${count}`, x, y);
  }
  context.globalAlpha = 1;
}
