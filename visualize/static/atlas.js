/**
 * The geometry of the map, pure: land, projections, where the map is cut, what fits.
 *
 * @typedef {[number, number]} Point longitude and latitude, or x and y
 * @typedef {{k: number, x: number, y: number}} Shift a factor, then a way
 * @typedef {{start: Point, end: Point}} Route
 */
import { geoAzimuthalEquidistant, geoInterpolate, geoMercator, geoNaturalEarth1 } from "./vendor/d3-geo.min.js";
import { KOREA, LAND } from "./vendor/land.js";

const [SOUTH, NORTH] = [-58, 80];
const STEPS = 24;
const CANDIDATES = 72;
const CLOSEST = 14;
/** What the inset shows: west, south, east, north. */
export const INSET = [125.6, 33.0, 130.1, 38.75];
const KILOMETRES = 6371.0088;

/**
 * @param {number[][][]} packed polygons of rings, each a first point and then steps
 * @param {number} parts of a degree
 * @returns {any} a GeoJSON geometry
 */
function unpack(packed, parts) {
  const ring = (/** @type {number[]} */ steps) => {
    let [x, y] = [0, 0];
    const points = [];
    for (let at = 0; at < steps.length; at += 2) {
      x += steps[at];
      y += steps[at + 1];
      points.push([x / parts, y / parts]);
    }
    return points;
  };
  return { type: "MultiPolygon", coordinates: packed.map((rings) => rings.map(ring)) };
}

/** @returns {any} the land of the world */
export function land() {
  return unpack(LAND, 10);
}

/** @returns {any} the coast around Korea */
export function korea() {
  return unpack(KOREA, 100);
}

/**
 * Points along the great circle, both ends among them.
 *
 * @param {Route} route
 * @param {number} [steps]
 * @returns {Point[]}
 */
export function along({ start, end }, steps = STEPS) {
  const at = geoInterpolate(start, end);
  return Array.from({ length: steps + 1 }, (_, step) => at(step / steps));
}

/**
 * The longitude in the middle of the map: cut where the fewest routes cross, then with the
 * wanted one nearest to the middle.
 *
 * @param {Route[]} routes
 * @param {number} wanted
 * @returns {{middle: number, cut: number}} `cut` routes cross the edge of the map
 */
export function middleOf(routes, wanted) {
  const lines = routes.map((route) => along(route).map(([longitude]) => longitude));
  let best = { middle: wanted, cut: Infinity };
  for (let step = 0; step < CANDIDATES; step++) {
    const away = (step % 2 ? 1 : -1) * Math.ceil(step / 2) * (360 / CANDIDATES);
    const edge = wanted + away + 180;
    const cut = lines.filter((line) => crosses(line, edge)).length;
    if (cut < best.cut) best = { middle: turned(wanted + away), cut };
    if (!cut) break;
  }
  return best;
}

/**
 * @param {number[]} line longitudes, step by step
 * @param {number} edge
 */
function crosses(line, edge) {
  return line.some((longitude, step) => {
    if (!step) return false;
    const [one, other] = [turned(line[step - 1] - edge), turned(longitude - edge)];
    return one < 0 !== other < 0 && Math.abs(one - other) < 180;
  });
}

/** @param {number} degrees @returns {number} the same between -180 and 180 */
export function turned(degrees) {
  return ((((degrees + 180) % 360) + 360) % 360) - 180;
}

/**
 * @param {number} width
 * @param {number} height
 * @param {number} middle
 * @returns {any} the whole world without the south pole, as large as fits
 */
export function worldProjection(width, height, middle) {
  const made = geoNaturalEarth1().rotate([-middle, 0]).scale(1).translate([0, 0]).precision(0.01);
  const [west, east] = [made([middle - 179.99, 0])[0], made([middle + 179.99, 0])[0]];
  const [top, bottom] = [made([middle, NORTH])[1], made([middle, SOUTH])[1]];
  const scale = Math.min(width / (east - west), height / (bottom - top));
  return made
    .scale(scale)
    .translate([width / 2, height / 2 - (scale * (top + bottom)) / 2])
    .precision(0.08);
}

/**
 * @param {number} width
 * @param {number} height
 * @param {Point} center
 * @param {number} [farthest] in kilometres, all of the earth without it
 * @returns {any} true distances and directions from one place
 */
export function distanceProjection(width, height, center, farthest = Math.PI * KILOMETRES) {
  const radius = Math.min(width, height) / 2 - 12;
  return geoAzimuthalEquidistant()
    .rotate([-center[0], -center[1]])
    .clipAngle(179.9)
    .scale(radius / Math.min(Math.PI, farthest / KILOMETRES))
    .translate([width / 2, height / 2])
    .precision(0.08);
}

/**
 * @param {number} width
 * @param {number} height
 * @returns {any} the inset of Korea
 */
export function koreaProjection(width, height) {
  const [west, south, east, north] = INSET;
  const corners = { type: "MultiPoint", coordinates: [[west, south], [east, north]] };
  return geoMercator().fitExtent([[4, 4], [width - 4, height - 4]], corners);
}

/** @param {Point} place */
export function inKorea([longitude, latitude]) {
  const [west, south, east, north] = INSET;
  return longitude > west && longitude < east && latitude > south && latitude < north;
}

/**
 * The shift that brings all points into a room, no closer than is of use.
 *
 * @param {Point[]} points on the unshifted map
 * @param {number} width
 * @param {number} height
 * @param {number} pad
 * @returns {Shift}
 */
export function fitted(points, width, height, pad) {
  if (!points.length) return { k: 1, x: 0, y: 0 };
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const room = (/** @type {number} */ side) => Math.max(side - 2 * pad, 40);
  const k = Math.min(room(width) / Math.max(right - left, 1), room(height) / Math.max(bottom - top, 1));
  return centred(Math.min(Math.max(k, 0.85), CLOSEST), (left + right) / 2, (top + bottom) / 2, width, height);
}

/**
 * @param {number} k
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @returns {Shift} that puts a point into the middle
 */
export function centred(k, x, y, width, height) {
  return { k, x: width / 2 - k * x, y: height / 2 - k * y };
}

/**
 * @param {Shift} shift
 * @param {number} factor
 * @param {Point} at what stays where it is
 * @returns {Shift}
 */
export function zoomed(shift, factor, [x, y]) {
  const k = Math.min(Math.max(shift.k * factor, 0.7), 3 * CLOSEST);
  const real = k / shift.k;
  return { k, x: x - real * (x - shift.x), y: y - real * (y - shift.y) };
}
