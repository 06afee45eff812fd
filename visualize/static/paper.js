/**
 * Paper: takes what is painted on it as a canvas does, and keeps it as SVG. Only what our own
 * painters use is there; texts and attributes are escaped, so no name can become a tag.
 *
 * @typedef {{family: string, size: number, weight: string}} Font
 */

const ESCAPES = new Map([["&", "&amp;"], ["<", "&lt;"], [">", "&gt;"], ['"', "&quot;"], ["'", "&#39;"]]);
// eslint-disable-next-line no-control-regex -- XML cannot hold these, not even escaped
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** @param {string} text @returns {string} the text as XML may hold it, in content and in quotes */
export function escaped(text) {
  return text.replace(NOT_XML, "\ufffd").replace(/[&<>"']/g, (letter) => ESCAPES.get(letter) || "");
}

/** @param {number} value @returns {string} */
function num(value) {
  return String(Math.round(value * 100) / 100);
}

export class Paper {
  /**
   * @param {number} width
   * @param {number} height
   * @param {(text: string, font: string) => number} measure how wide a text is
   */
  constructor(width, height, measure) {
    this.canvas = { width, height, clientWidth: width, clientHeight: height };
    this.measure = measure;
    this.fillStyle = "#000";
    this.strokeStyle = "#000";
    this.lineWidth = 1;
    this.lineJoin = "round";
    this.globalAlpha = 1;
    this.font = "12px sans-serif";
    this.textAlign = "start";
    this.textBaseline = "alphabetic";
    /** @type {number[]} */
    this.dash = [];
    this.path = "";
    /** @type {string[]} */
    this.parts = [];
  }

  save() {}

  restore() {}

  setTransform() {}

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.dash = dash;
  }

  /** @param {string} text */
  measureText(text) {
    return { width: this.measure(text, this.font) };
  }

  beginPath() {
    this.path = "";
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.path += `M${num(x)} ${num(y)}`;
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.path += `L${num(x)} ${num(y)}`;
  }

  /** @param {number} cx @param {number} cy @param {number} x @param {number} y */
  quadraticCurveTo(cx, cy, x, y) {
    this.path += `Q${num(cx)} ${num(cy)} ${num(x)} ${num(y)}`;
  }

  closePath() {
    this.path += "Z";
  }

  /** Whole circles only. @param {number} x @param {number} y @param {number} radius */
  arc(x, y, radius) {
    const [r, left, right] = [num(radius), num(x - radius), num(x + radius)];
    this.path += `M${left} ${num(y)}A${r} ${r} 0 1 1 ${right} ${num(y)}A${r} ${r} 0 1 1 ${left} ${num(y)}Z`;
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.path += `M${num(x)} ${num(y)}h${num(width)}v${num(height)}h${num(-width)}Z`;
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height @param {number} radius */
  roundRect(x, y, width, height, radius) {
    const r = Math.min(radius, width / 2, height / 2);
    const [w, h, turn] = [num(width - 2 * r), num(height - 2 * r), `a${num(r)} ${num(r)} 0 0 1 `];
    this.path += `M${num(x + r)} ${num(y)}h${w}${turn}${num(r)} ${num(r)}v${h}${turn}${num(-r)} ${num(r)}`;
    this.path += `h-${w}${turn}${num(-r)} ${num(-r)}v-${h}${turn}${num(r)} ${num(-r)}Z`;
  }

  fill() {
    this.put(`<path d="${this.path}" fill="${escaped(this.fillStyle)}"${this.faint()}/>`);
  }

  stroke() {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.map(num).join(" ")}"` : "";
    this.put(`<path d="${this.path}" fill="none"${this.pen()}${dash}${this.faint()}/>`);
  }

  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    this.text(text, x, y, `fill="${escaped(this.fillStyle)}"`);
  }

  /** @param {string} text @param {number} x @param {number} y */
  strokeText(text, x, y) {
    this.text(text, x, y, `fill="none"${this.pen()} stroke-linejoin="round"`);
  }

  /** @param {string} text @param {number} x @param {number} y @param {string} look */
  text(text, x, y, look) {
    const { family, size, weight } = fontOf(this.font);
    const anchor = { center: "middle", right: "end" }[this.textAlign] || "start";
    const down = this.textBaseline === "middle" ? size * 0.35 : 0;
    const font = `font-family="${escaped(family)}" font-size="${num(size)}" font-weight="${escaped(weight)}"`;
    this.put(`<text x="${num(x)}" y="${num(y + down)}" text-anchor="${anchor}" ${font} ${look}${this.faint()}>${escaped(text)}</text>`);
  }

  pen() {
    return ` stroke="${escaped(this.strokeStyle)}" stroke-width="${num(this.lineWidth)}"`;
  }

  faint() {
    return this.globalAlpha < 1 ? ` opacity="${num(this.globalAlpha)}"` : "";
  }

  /** @param {string} part */
  put(part) {
    this.parts.push(part);
  }

  /** @param {string} title @returns {string} all that was painted, as a file */
  svg(title) {
    const { width, height } = this.canvas;
    const size = `width="${num(width)}" height="${num(height)}" viewBox="0 0 ${num(width)} ${num(height)}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img"><title>${escaped(title)}</title>\n${this.parts.join("\n")}\n</svg>\n`;
  }
}

/** @param {string} font as a canvas writes it: `600 11px "Noto Sans KR", sans-serif` @returns {Font} */
export function fontOf(font) {
  const found = /^(?:(\w+)\s+)?([\d.]+)px\s+(.*)$/.exec(font.replace(/\s+/g, " "));
  if (!found) return { family: "sans-serif", size: 12, weight: "400" };
  return { family: found[3], size: Number(found[2]), weight: found[1] || "400" };
}
