/** The map painted once more, on paper: land and lines as they stand, then cities and names. */
import { escaped } from "./paper.js";

/** @typedef {import("./paper.js").Paper} Paper */

const KEPT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "opacity"];

/** @param {HTMLElement} stage @param {Paper} paper of the size of the stage, with a foot */
export function drawMap(stage, paper) {
  const home = stage.getBoundingClientRect();
  for (const shape of stage.querySelectorAll("svg.map-picture path, svg.map-picture circle")) {
    if (seen(shape)) paper.put(copied(/** @type {SVGGraphicsElement} */ (shape), home));
  }
  for (const city of stage.querySelectorAll(".map-city")) if (seen(city)) drawCity(city, paper, home);
  for (const name of stage.querySelectorAll(".map-name")) if (seen(name)) drawName(name, paper, home);
}

/** @param {Element} part */
function seen(part) {
  const { display, visibility } = getComputedStyle(part);
  return display !== "none" && visibility !== "hidden" && part.getClientRects().length > 0;
}

/** @param {SVGGraphicsElement} shape @param {DOMRect} home @returns {string} the same shape, its look written out */
function copied(shape, home) {
  const style = getComputedStyle(shape);
  const look = KEPT.map((name) => `${name}="${escaped(style.getPropertyValue(name))}"`).join(" ");
  const { a, b, c, d, e, f } = shape.getScreenCTM() || new DOMMatrix();
  const moved = [a, b, c, d, e - home.left, f - home.top].map((one) => one.toFixed(3)).join(" ");
  const form = ["d", "cx", "cy", "r"]
    .filter((name) => shape.hasAttribute(name))
    .map((name) => `${name}="${escaped(shape.getAttribute(name) || "")}"`)
    .join(" ");
  return `<${shape.localName} ${form} ${look} vector-effect="non-scaling-stroke" transform="matrix(${moved})"/>`;
}

/** @param {Element} city @param {Paper} paper @param {DOMRect} home */
function drawCity(city, paper, home) {
  const box = city.getBoundingClientRect();
  const dot = getComputedStyle(city, "::before");
  paper.beginPath();
  paper.arc(box.left + box.width / 2 - home.left, box.top + box.height / 2 - home.top, parseFloat(dot.width) / 2 || 4);
  paper.fillStyle = dot.backgroundColor;
  paper.fill();
}

/** @param {Element} name @param {Paper} paper @param {DOMRect} home */
function drawName(name, paper, home) {
  const box = name.getBoundingClientRect();
  const style = getComputedStyle(name);
  const [x, y] = [box.left + box.width / 2 - home.left, box.top + box.height / 2 - home.top];
  paper.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  paper.textAlign = "center";
  paper.textBaseline = "middle";
  paper.lineWidth = 3;
  paper.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue("--halo").trim();
  paper.strokeText(name.textContent || "", x, y);
  paper.fillStyle = style.color;
  paper.fillText(name.textContent || "", x, y);
}
