/** Lines that would run through a third mark go around it: pure. */

/** @typedef {{x: number, y: number}} Point */
/** @typedef {Point & {id: string, radius: number}} Body */
/** @typedef {{enabled: boolean, type?: string, roundness?: number}} Smooth */
/** @typedef {{id: string, from: string, to: string, smooth?: Smooth}} Edge */

const CLEAR = 5;
const PIECES = 12;
/** @type {Smooth[]} from the least bend to the most */
const WAYS = [0.12, 0.24, 0.38, 0.52].flatMap((roundness) =>
  ["curvedCW", "curvedCCW"].map((type) => ({ enabled: true, type, roundness })),
);

/**
 * @param {Edge[]} edges each bent already if it has a parallel
 * @param {Body[]} bodies
 * @returns {Map<string, Smooth>} how each line runs: as it is, if nothing is in its way
 */
export function bends(edges, bodies) {
  const places = new Map(bodies.map((body) => [body.id, body]));
  const found = new Map();
  for (const edge of edges) {
    const [start, end] = [places.get(edge.from), places.get(edge.to)];
    if (start && end) found.set(edge.id, least(edge, start, end, bodies));
  }
  return found;
}

/** @param {Edge} edge @param {Body} start @param {Body} end @param {Body[]} bodies @returns {Smooth} */
function least(edge, start, end, bodies) {
  const usual = edge.smooth || { enabled: false };
  const reach = Math.hypot(end.x - start.x, end.y - start.y) / 2;
  const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  const third = bodies.filter((body) => {
    const far = Math.hypot(body.x - middle.x, body.y - middle.y);
    return body !== start && body !== end && far < 1.3 * reach + body.radius + CLEAR;
  });
  let [best, fault] = [usual, faultOf(usual, start, end, third)];
  for (const way of fault ? WAYS : []) {
    const told = faultOf(way, start, end, third);
    if (told < fault) [best, fault] = [way, told];
    if (!told) break;
  }
  return best;
}

/** @param {Smooth} smooth @param {Point} start @param {Point} end @param {Body[]} third @returns {number} */
function faultOf(smooth, start, end, third) {
  const line = pointsOf(smooth, start, end);
  let fault = 0;
  for (const body of third) {
    let gap = Infinity;
    for (let at = 1; at < line.length; at += 1) gap = Math.min(gap, distance(body, line[at - 1], line[at]));
    fault += Math.max(0, body.radius + CLEAR - gap);
  }
  return fault;
}

/** @param {Smooth} smooth @param {Point} start @param {Point} end @returns {Point[]} */
function pointsOf(smooth, start, end) {
  if (!smooth.enabled) return [start, end];
  const over = via(start, end, smooth);
  return Array.from({ length: PIECES + 1 }, (_, piece) => {
    const [t, s] = [piece / PIECES, 1 - piece / PIECES];
    const along = (/** @type {"x"|"y"} */ axis) => s * s * start[axis] + 2 * s * t * over[axis] + t * t * end[axis];
    return { x: along("x"), y: along("y") };
  });
}

/** @param {Point} spot @param {Point} one @param {Point} two @returns {number} from a spot to a stretch */
function distance(spot, one, two) {
  const [across, down] = [two.x - one.x, two.y - one.y];
  const length = across * across + down * down || 1;
  const along = Math.min(1, Math.max(0, ((spot.x - one.x) * across + (spot.y - one.y) * down) / length));
  return Math.hypot(spot.x - one.x - along * across, spot.y - one.y - along * down);
}

/**
 * Where a bent line bends, as vis-network has it.
 *
 * @param {Point} from @param {Point} to @param {Smooth} smooth
 * @returns {Point}
 */
export function via(from, to, { type, roundness = 0 }) {
  const [dx, dy] = [to.x - from.x, from.y - to.y];
  const side = type === "curvedCCW" ? -roundness : roundness;
  const angle = Math.atan2(dy, dx) + (side * 0.5 + 0.5) * Math.PI;
  const far = (roundness * 0.5 + 0.5) * Math.hypot(dx, dy);
  return { x: from.x + far * Math.sin(angle), y: from.y + far * Math.cos(angle) };
}
