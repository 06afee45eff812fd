/**
 * Where the names of places stand beside their dots: none over another; over a dot only where
 * there are few, so that all are told.
 *
 * @typedef {{id: string, text: string, x: number, y: number, rank: number}} Dot
 * @typedef {{left: number, top: number, right: number, bottom: number, dx: number, dy: number}} Box
 */

const HEIGHT = 20;
const DOT = 7;
const AWAY = 10;
const FARTHER = [26, 40, 54];
const TURNS = 16;
const FEW = 25;
/** From this rank on a name is told even if it stands on a dot. */
export const STRONG = 500;

/** @type {CanvasRenderingContext2D|null|undefined} */
let context;

/** @param {string} text @returns {number} its width on screen */
function widthOf(text) {
  if (context === undefined) {
    context = document.createElement("canvas").getContext("2d");
    const font = getComputedStyle(document.documentElement).getPropertyValue("--font");
    if (context) context.font = `600 13px ${font || "sans-serif"}`;
  }
  return (context ? context.measureText(text).width : text.length * 9) + 8;
}

/**
 * @param {{left: number, top: number, right: number, bottom: number}} one
 * @param {{left: number, top: number, right: number, bottom: number}} two
 */
export function touch(one, two) {
  return one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom;
}

/**
 * @param {Dot} dot
 * @param {number} width
 * @param {boolean} few where few are to be placed, a name may stand farther off
 * @returns {Box[]} best first; `dx` and `dy` are from the dot
 */
function spots({ x, y }, width, few) {
  const middle = -HEIGHT / 2;
  const ways = [
    [AWAY, middle],
    [-AWAY - width, middle],
    [-width / 2, AWAY],
    [-width / 2, -AWAY - HEIGHT],
    [AWAY, -HEIGHT - 3],
    [AWAY, 3],
    [-AWAY - width, -HEIGHT - 3],
    [-AWAY - width, 3],
  ];
  for (const far of few ? FARTHER : []) {
    for (let turn = 0; turn < TURNS; turn++) {
      const [cos, sin] = [Math.cos((turn * 2 * Math.PI) / TURNS), Math.sin((turn * 2 * Math.PI) / TURNS)];
      ways.push([cos * (far + width / 2) - width / 2, sin * far - HEIGHT / 2]);
    }
  }
  return ways.map(([dx, dy]) => ({
    dx,
    dy,
    left: x + dx,
    top: y + dy,
    right: x + dx + width,
    bottom: y + dy + HEIGHT,
  }));
}

/**
 * @param {Dot[]} dots who matters more has the higher rank and is placed first
 * @param {{width: number, height: number}} room
 * @param {{left: number, top: number, right: number, bottom: number}[]} [kept] where no name may stand
 * @param {(text: string) => number} [measure]
 * @returns {Map<string, Box>} by id; a name for which there is no room is left out
 */
export function placeLabels(dots, room, kept = [], measure = widthOf) {
  const seen = dots.filter(({ x, y }) => x >= 0 && y >= 0 && x <= room.width && y <= room.height);
  const taken = seen.map(({ id, x, y }) => ({ id, left: x - DOT, top: y - DOT, right: x + DOT, bottom: y + DOT }));
  /** @type {Map<string, Box>} */
  const placed = new Map();
  for (const dot of [...seen].sort((one, two) => two.rank - one.rank || (one.id < two.id ? -1 : 1))) {
    const free = spots(dot, measure(dot.text), seen.length <= FEW).filter(
      (box) =>
        box.left >= 0 &&
        box.right <= room.width &&
        box.top >= 0 &&
        box.bottom <= room.height &&
        ![...kept, ...placed.values()].some((other) => touch(box, other)),
    );
    const clear = free.find((box) => !taken.some((other) => other.id !== dot.id && touch(box, other)));
    const spot = clear || (seen.length <= FEW || dot.rank >= STRONG ? free[0] : undefined);
    if (spot) placed.set(dot.id, spot);
  }
  return placed;
}
