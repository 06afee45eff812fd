/**
 * The map as it stands on the page: land and arcs in SVG, cities as buttons over it.
 *
 * @typedef {{id: string, name: string, at: [number, number], said: string, chief: boolean,
 *   holds: string[]}} City
 * @typedef {{start: string, end: string, kind: string, n: number}} Arc
 * @typedef {{colour: string, dashes: number[], width: number, word: string}} Look
 * @typedef {{cities: City[], arcs: Arc[], looks: Record<string, Look>, center: string|null}} MapData
 */
import { along, centred, distance, distanceProjection, fitted, land, middleOf, worldProjection, zoomed } from "./atlas.js";
import { placeLabels } from "./maplabels.js";
import { geoCircle, geoPath } from "./vendor/d3-geo.min.js";

const SVG = "http://www.w3.org/2000/svg";
const PAD = 56;
const RINGS = [1000, 2500, 5000, 10000, 15000, 20000];

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
    this.cities = document.createElement("div");
    this.cities.className = "map-cities";
    stage.prepend(this.svg, this.cities);
    /** @type {MapData} */
    this.data = { cities: [], arcs: [], looks: {}, center: null };
    /** @type {Map<string, HTMLButtonElement>} */
    this.buttons = new Map();
    /** @type {Map<string, import("./maplabels.js").Box>} */
    this.boxes = new Map();
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
    this.makeButtons();
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

  /** @param {any} path @returns {SVGElement[]} rings of equal distance, where distances are true */
  rings(path) {
    const middle = this.middle;
    if (!this.far || !middle) return [];
    return RINGS.map((km) => {
      const ring = geoCircle().center(middle.at).radius(km / 111.195);
      return drawn("path", { d: path(ring()), class: "map-ring" });
    });
  }

  makeButtons() {
    this.buttons = new Map(
      this.data.cities.map((city, index) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = city.chief ? "map-city chief" : "map-city";
        button.tabIndex = index ? -1 : 0;
        button.setAttribute("aria-label", city.said);
        const name = document.createElement("span");
        name.className = "map-name";
        name.textContent = city.name;
        button.append(name);
        button.addEventListener("click", () => this.act.choose(city.holds.includes(city.id) ? city.id : city.holds[0]));
        button.addEventListener("focus", () => this.only(button));
        return [city.id, button];
      }),
    );
    this.cities.replaceChildren(...this.buttons.values());
  }

  /** @param {HTMLButtonElement} button the one that Tab comes back to */
  only(button) {
    for (const one of this.buttons.values()) one.tabIndex = one === button ? 0 : -1;
  }

  /** Show which city is chosen and which arcs are its own. */
  mark() {
    const chosen = this.cityOf(this.chosen)?.id;
    for (const [id, button] of this.buttons) {
      button.setAttribute("aria-pressed", String(id === chosen));
    }
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
    this.move(whole && !this.far ? centred(1, this.width / 2, this.height / 2, this.width, this.height) : fitted(seen, this.width, this.height, PAD));
  }

  /** @param {import("./atlas.js").Shift} shift */
  move(shift) {
    this.shift = shift;
    this.ground.setAttribute("transform", `translate(${shift.x} ${shift.y}) scale(${shift.k})`);
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    this.placeButtons();
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

  placeButtons() {
    const chosen = this.cityOf(this.chosen)?.id;
    const dots = this.data.cities.flatMap((city) => {
      const spot = this.place(city.at);
      const button = this.buttons.get(city.id);
      if (!button) return [];
      button.hidden = !spot;
      if (!spot) return [];
      button.style.transform = `translate(${spot[0].toFixed(1)}px, ${spot[1].toFixed(1)}px)`;
      const rank = Number(city.id === chosen) * 1000 + Number(city.chief) * 500 + city.holds.length;
      return [{ id: city.id, text: city.name, x: spot[0], y: spot[1], rank }];
    });
    this.boxes = placeLabels(dots, { width: this.width, height: this.height });
    for (const [id, button] of this.buttons) {
      const [box, name] = [this.boxes.get(id), /** @type {HTMLElement} */ (button.firstElementChild)];
      name.hidden = !box;
      if (!box) continue;
      name.style.left = `${box.dx}px`;
      name.style.top = `${box.dy}px`;
    }
  }

  /** @param {City} city @returns {number} kilometres from the city in the middle */
  away(city) {
    return this.middle ? Math.round(distance(this.middle.at, city.at)) : 0;
  }
}
