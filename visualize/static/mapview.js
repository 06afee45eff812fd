/**
 * The map as it stands on the page: land and arcs in SVG, cities as buttons over it.
 *
 * @typedef {{id: string, name: string, at: [number, number], said: string, chief: boolean,
 *   holds: string[]}} City
 * @typedef {{start: string, end: string, kind: string, n: number}} Arc
 * @typedef {{colour: string, dashes: number[], width: number, word: string}} Look
 * @typedef {{cities: City[], arcs: Arc[], looks: Record<string, Look>, center: string|null,
 *   unplaced: string[]}} MapData
 */
import { along, centred, distanceProjection, fitted, land, middleOf, worldProjection, zoomed } from "./atlas.js";
import { Dots } from "./mapdots.js";
import { geoCircle, geoPath } from "./vendor/d3-geo.min.js";

const SVG = "http://www.w3.org/2000/svg";
const RINGS = [1000, 2500, 5000, 10000, 15000, 20000];
const KM_PER_DEGREE = 111.195;

/**
 * @param {string} tag
 * @param {Record<string, string|number>} given
 * @returns {SVGElement}
 */
export function drawn(tag, given) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(given)) made.setAttribute(name, String(value));
  return made;
}

export class MapView {
  /**
   * @param {HTMLElement} stage
   * @param {{choose: (id: string|null) => void, moved: () => void}} act
   */
  constructor(stage, act) {
    this.stage = stage;
    this.act = act;
    this.svg = drawn("svg", { "aria-hidden": "true", class: "map-picture", focusable: "false" });
    this.ground = drawn("g", {});
    this.svg.append(this.ground);
    this.dots = new Dots((city) => act.choose(city.holds.includes(city.id) ? city.id : city.holds[0]));
    stage.prepend(this.svg, this.dots.root);
    /** @type {MapData} */
    this.data = { cities: [], arcs: [], looks: {}, center: null, unplaced: [] };
    this.shift = { k: 1, x: 0, y: 0 };
    this.cut = 0;
    /** @type {string|null} */
    this.chosen = null;
    this.far = false;
    this.land = land();
  }

  get width() {
    return this.stage.clientWidth;
  }

  get height() {
    return this.stage.clientHeight;
  }

  /**
   * @param {MapData} data
   * @param {string|null} chosen
   */
  show(data, chosen) {
    this.data = data;
    this.chosen = chosen;
    this.places = new Map(data.cities.map((city) => [city.id, city]));
    this.dots.make(data.cities);
    this.draw();
    this.fit();
  }

  /** The city from which the map is seen: the chosen one, else the middle of the scene. */
  get middle() {
    const found = this.cityOf(this.chosen) || this.cityOf(this.data.center) || this.data.cities[0];
    return found || null;
  }

  /** @param {string|null} id @returns {City|undefined} where a node of the scene lies */
  cityOf(id) {
    if (!id) return undefined;
    return this.data.cities.find((city) => city.id === id || city.holds.includes(id));
  }

  routes() {
    return this.data.arcs.flatMap((arc) => {
      const [start, end] = [this.places?.get(arc.start), this.places?.get(arc.end)];
      return start && end ? [{ arc, start: start.at, end: end.at }] : [];
    });
  }

  /** Draw land and arcs anew; needed only when what they are drawn from has changed. */
  draw() {
    const routes = this.routes();
    const middle = this.middle;
    const turn = middleOf(routes, middle ? middle.at[0] : 127);
    this.cut = this.far ? 0 : turn.cut;
    this.turn = turn.middle;
    this.projection =
      this.far && middle
        ? distanceProjection(this.width, this.height, middle.at)
        : worldProjection(this.width, this.height, turn.middle);
    const path = geoPath(this.projection).digits(1);
    this.path = path;
    const sphere = drawn("path", { d: path({ type: "Sphere" }), class: "map-sea" });
    const shape = drawn("path", { d: path(this.land), class: "map-land" });
    this.ground.replaceChildren(sphere, shape, ...this.rings(path), ...routes.map((one) => this.line(one, path)));
    this.mark();
  }

  /**
   * @param {{arc: Arc, start: [number, number], end: [number, number]}} route
   * @param {any} path
   */
  line({ arc, start, end }, path) {
    const look = this.data.looks[arc.kind];
    const line = drawn("path", {
      d: path({ type: "LineString", coordinates: [start, end] }) || "",
      class: "map-arc",
      stroke: look.colour,
      "stroke-width": look.width * Math.min(1 + Math.log2(arc.n) / 3, 2.2),
      "stroke-dasharray": look.dashes.join(" "),
    });
    line.dataset.ends = `${arc.start} ${arc.end}`;
    return line;
  }

  /** Draw the lines between the same two places beside each other. */
  spread() {
    /** @type {Map<string, SVGElement[]>} */
    const pairs = new Map();
    for (const one of this.ground.querySelectorAll(".map-arc")) {
      const line = /** @type {SVGElement} */ (one);
      const key = (line.dataset.ends || "").split(" ").sort().join(" ");
      pairs.set(key, [...(pairs.get(key) || []), line]);
    }
    for (const [key, lines] of pairs) {
      if (lines.length < 2) continue;
      const [start, end] = key.split(" ").map((id) => this.projection(this.places?.get(id)?.at || [0, 0]));
      if (!start || !end) continue;
      const long = Math.hypot(end[0] - start[0], end[1] - start[1]) || 1;
      lines.forEach((line, index) => {
        const aside = ((index - (lines.length - 1) / 2) * 4) / this.shift.k / long;
        line.setAttribute("transform", `translate(${(start[1] - end[1]) * aside} ${(end[0] - start[0]) * aside})`);
      });
    }
  }

  /** @param {any} path @returns {SVGElement[]} rings of equal distance, where distances are true */
  rings(path) {
    const middle = this.middle;
    if (!this.far || !middle) return [];
    return RINGS.map((km) => {
      const ring = geoCircle().center(middle.at).radius(km / KM_PER_DEGREE);
      return drawn("path", { d: path(ring()), class: "map-ring" });
    });
  }

  /** @param {City} middle @returns {{text: string, x: number, y: number}[]} the rings' kilometres */
  rungs(middle) {
    const here = this.place(middle.at);
    if (!here) return [];
    const scale = (this.projection.scale() * this.shift.k * Math.PI) / 180 / KM_PER_DEGREE;
    return RINGS.map((km) => ({ text: `${km.toLocaleString("en")} km`, x: here[0], y: here[1] - km * scale }));
  }

  /** Show which city is chosen and which arcs are its own. */
  mark() {
    const chosen = this.cityOf(this.chosen)?.id;
    this.dots.mark(chosen);
    for (const line of this.ground.querySelectorAll(".map-arc")) {
      const ends = (/** @type {SVGElement} */ (line).dataset.ends || "").split(" ");
      line.classList.toggle("faint", Boolean(chosen) && !ends.includes(chosen || ""));
    }
  }

  /** @param {string|null} id */
  choose(id) {
    this.chosen = id;
    if (this.far) this.draw();
    else this.mark();
    this.move(this.shift);
  }

  /** Bring all cities and arcs of the scene into view. */
  fit() {
    const points = this.routes().flatMap((route) => along(route));
    const all = [...points, ...this.data.cities.map((city) => city.at)];
    const seen = all.map((point) => this.projection(point)).filter(Boolean);
    const whole = this.far || !this.data.arcs.length;
    this.move(whole && !this.far ? centred(1, this.width / 2, this.height / 2, this.width, this.height) : fitted(seen, this.width, this.height, Math.min(56, this.width / 10)));
  }

  /** @param {import("./atlas.js").Shift} shift */
  move(shift) {
    this.shift = shift;
    this.ground.setAttribute("transform", `translate(${shift.x} ${shift.y}) scale(${shift.k})`);
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    this.spread();
    this.dots.place((at) => this.place(at), this.width, this.height, this.cityOf(this.chosen)?.id);
    this.dots.measure(this.far && this.middle ? this.rungs(this.middle) : []);
    this.act.moved();
  }

  /** @param {number} factor @param {[number, number]} [at] */
  zoom(factor, at = [this.width / 2, this.height / 2]) {
    this.move(zoomed(this.shift, factor, at));
  }

  /** @param {number} x @param {number} y */
  pan(x, y) {
    this.move({ ...this.shift, x: this.shift.x + x, y: this.shift.y + y });
  }

  /** @param {[number, number]} at @returns {[number, number]|null} where a place is on screen */
  place(at) {
    const found = this.projection(at);
    const { k, x, y } = this.shift;
    return found ? [k * found[0] + x, k * found[1] + y] : null;
  }
}
