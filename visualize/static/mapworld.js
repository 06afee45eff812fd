/** All ties of the store, faint, on a canvas under the map: too many for elements of their own. */
import { geoPath } from "./vendor/d3-geo.min.js";

export class Backdrop {
  /** @param {HTMLElement} stage */
  constructor(stage) {
    this.canvas = document.createElement("canvas");
    this.canvas.className = "map-world";
    this.canvas.setAttribute("aria-hidden", "true");
    this.stage = stage;
    stage.prepend(this.canvas);
    /** @type {{places: [number, number][], ties: [number, number][]}|null} */
    this.data = null;
    /** @type {Path2D|null} */
    this.lines = null;
    this.shift = { k: 1, x: 0, y: 0 };
    this.waiting = 0;
  }

  /**
   * @param {{places: [number, number][], ties: [number, number][]}|null} data
   * @param {any} projection
   */
  show(data, projection) {
    this.data = data;
    this.project(projection);
  }

  /** @param {any} projection the lines are drawn once for each, then only shifted */
  project(projection) {
    this.lines = null;
    this.canvas.hidden = !this.data;
    if (!this.data) return;
    const { places, ties } = this.data;
    const path = geoPath(projection.precision(2)).digits(0);
    this.lines = new Path2D(
      ties
        .map(([one, other]) => path({ type: "LineString", coordinates: [places[one], places[other]] }) || "")
        .join(""),
    );
    projection.precision(0.08);
    this.paint();
  }

  /** @param {import("./atlas.js").Shift} shift */
  move(shift) {
    const { k, x, y } = this.shift;
    const real = shift.k / k;
    this.canvas.style.transform = `translate(${shift.x - real * x}px, ${shift.y - real * y}px) scale(${real})`;
    this.next = shift;
    clearTimeout(this.waiting);
    if (this.lines) this.waiting = window.setTimeout(() => this.paint(), 120);
  }

  paint() {
    if (this.next) this.shift = this.next;
    const { clientWidth: width, clientHeight: height } = this.stage;
    const ratio = Math.min(devicePixelRatio, 2);
    this.canvas.style.transform = "";
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    const context = this.canvas.getContext("2d");
    if (!context || !this.lines) return;
    const { k, x, y } = this.shift;
    context.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
    context.lineWidth = 0.7 / k;
    context.globalAlpha = 0.16;
    context.strokeStyle = getComputedStyle(this.stage).getPropertyValue("--soft");
    context.stroke(this.lines);
    this.canvas.dataset.painted = "true";
  }
}
