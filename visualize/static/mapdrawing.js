/** The map painted once more, on paper: land and lines as they stand, then cities and names. */
import { escaped } from "./paper.js";

/** @typedef {import("./paper.js").Paper} Paper */

const KEPT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "opacity"];

/** What is drawn thinner, where the map is drawn larger: a file must keep its look at any size. */
const PEN = new Set(["stroke-width", "stroke-dasharray"]);

/** @typedef {{colour: string, dashes: number[], width: number, word: string}} MapLook */
/** @typedef {{look: MapLook, x: number}} Entry */

const SAMPLE = 28;
const APART = 18;

/**
 * @param {HTMLElement} stage a map: land and lines, cities over them
 * @param {Paper} paper
 * @param {number} x where its corner comes to lie
 * @param {number} y
 */
export function drawMap(stage, paper, x, y) {
  const home = stage.getBoundingClientRect();
  paper.put(`<svg x="${x}" y="${y}" width="${stage.clientWidth}" height="${stage.clientHeight}">`);
  for (const canvas of stage.querySelectorAll("canvas")) {
    if (seen(canvas)) paper.put(pasted(canvas, home));
  }
  for (const shape of stage.querySelectorAll("svg path, svg circle")) {
    if (seen(shape)) paper.put(copied(/** @type {SVGGraphicsElement} */ (shape), home));
  }
  for (const city of stage.querySelectorAll(".map-city")) if (seen(city)) drawCity(city, paper, home);
  for (const name of stage.querySelectorAll(".map-rung, .map-name")) {
    if (seen(name)) drawName(name, paper, home);
  }
  paper.put("</svg>");
}

/** @param {HTMLElement} stage @returns {{stage: HTMLElement, caption: string}|null} Korea beside the map, if it is in sight */
export function insetOf(stage) {
  const figure = stage.parentElement?.querySelector(".inset");
  const inset = /** @type {HTMLElement|null} */ (figure?.querySelector(".inset-stage") ?? null);
  return inset?.clientWidth ? { stage: inset, caption: figure?.querySelector("figcaption")?.textContent || "" } : null;
}

/**
 * What the lines mean, in rows that are no wider than the picture.
 *
 * @param {MapLook[]} looks
 * @param {number} width
 * @param {(text: string) => number} measure
 * @returns {Entry[][]}
 */
export function legendRows(looks, width, measure) {
  /** @type {Entry[][]} */
  const rows = [];
  let used = Infinity;
  for (const look of looks) {
    const wide = SAMPLE + 6 + measure(look.word);
    if (used + wide > width) {
      rows.push([]);
      used = 0;
    }
    rows[rows.length - 1].push({ look, x: used });
    used += wide + APART;
  }
  return rows;
}

/**
 * @param {Entry[][]} rows
 * @param {Paper} paper
 * @param {{left: number, top: number, row: number, font: string, ink: string}} at
 */
export function drawLegend(rows, paper, { left, top, row, font, ink }) {
  paper.font = font;
  paper.textAlign = "start";
  paper.textBaseline = "middle";
  rows.forEach((entries, index) => {
    const y = top + index * row + row / 2;
    for (const { look, x } of entries) {
      paper.strokeStyle = look.colour;
      paper.lineWidth = look.width;
      paper.setLineDash(look.dashes);
      paper.beginPath();
      paper.moveTo(left + x, y);
      paper.lineTo(left + x + SAMPLE, y);
      paper.stroke();
      paper.setLineDash([]);
      paper.fillStyle = ink;
      paper.fillText(look.word, left + x + SAMPLE + 6, y);
    }
  });
}

/** @param {HTMLCanvasElement} canvas @param {DOMRect} home @returns {string} what is painted on it, as it stands */
function pasted(canvas, home) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const at = `x="${left - home.left}" y="${top - home.top}" width="${width}" height="${height}"`;
  return `<image ${at} href="${escaped(canvas.toDataURL("image/png"))}"/>`;
}

/** @param {Element} part */
function seen(part) {
  const { display, visibility } = getComputedStyle(part);
  return display !== "none" && visibility !== "hidden" && part.getClientRects().length > 0;
}

/** @param {SVGGraphicsElement} shape @param {DOMRect} home @returns {string} the same shape, its look written out */
function copied(shape, home) {
  const style = getComputedStyle(shape);
  const { a, b, c, d, e, f } = shape.getScreenCTM() || new DOMMatrix();
  const scale = style.vectorEffect === "non-scaling-stroke" ? Math.sqrt(Math.abs(a * d - b * c)) || 1 : 1;
  const look = KEPT.map((name) => {
    const value = style.getPropertyValue(name);
    return `${name}="${escaped(PEN.has(name) ? shrunk(value, scale) : value)}"`;
  }).join(" ");
  const moved = [a, b, c, d, e - home.left, f - home.top].map((one) => one.toFixed(3)).join(" ");
  const form = ["d", "cx", "cy", "r"]
    .filter((name) => shape.hasAttribute(name))
    .map((name) => `${name}="${escaped(shape.getAttribute(name) || "")}"`)
    .join(" ");
  return `<${shape.localName} ${form} ${look} transform="matrix(${moved})"/>`;
}

/**
 * @param {string} lengths such as `2px, 4px`, or `none`
 * @param {number} scale
 * @returns {string} the same lengths where all is larger by so much
 */
export function shrunk(lengths, scale) {
  return lengths.replace(/[\d.]+(px)?/g, (length) => String(Math.round((parseFloat(length) / scale) * 1000) / 1000));
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
