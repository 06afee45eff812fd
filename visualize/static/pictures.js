/** What is in sight as a picture, with its source under it: SVG, and PNG painted from that. */
import { drawScene } from "./drawing.js";
import { drawLegend, drawMap, insetOf, legendRows } from "./mapdrawing.js";
import { Paper } from "./paper.js";
import { offer, today } from "./take.js";

const FOOT = 44;
const SHARP = 2;
const [PAD, CAPTION, ROW] = [12, 24, 20];

/** @typedef {{svg: string, width: number, height: number}} Made */
/** @typedef {{ink: string, soft: string, font: string}} Look */

/** @returns {import("./scene.js").Scene|undefined} */
function sceneHere() {
  return /** @type {any} */ (globalThis).jamae?.scene;
}

/** @returns {HTMLElement|null} the map, if it is in sight */
function mapInSight() {
  const stage = /** @type {HTMLElement|null} */ (document.querySelector(".map-stage"));
  return stage?.clientWidth ? stage : null;
}

/** @returns {boolean} whether a picture is in sight */
function pictureInSight() {
  return Boolean(mapInSight() || sceneHere()?.container.clientWidth);
}

/** @param {HTMLElement} menu @returns {Made} */
function pictureOf(menu) {
  const [stage, scene] = [mapInSight(), sceneHere()];
  const context = document.createElement("canvas").getContext("2d");
  if (!context || !pictureInSight()) throw new Error("no picture");
  const measure = (/** @type {string} */ text, /** @type {string} */ font) => {
    context.font = font;
    return context.measureText(text).width;
  };
  const style = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const look = { ink: read("--ink"), soft: read("--soft"), font: read("--font") };
  const paper = new Paper(0, 0, measure);
  if (stage) mapOn(paper, stage, read("--halo"), look);
  else if (scene) sceneOn(paper, scene, read("--halo"));
  const title = menu.dataset.title || "";
  sign(paper, title, `${menu.dataset.credit || ""} · ${today()}`, look);
  const { width, height } = paper.canvas;
  return { svg: paper.svg(title), width, height };
}

/** @param {Paper} paper @param {number} width @param {number} height @param {string} ground */
function spread(paper, width, height, ground) {
  paper.canvas = { width, height, clientWidth: width, clientHeight: height };
  paper.fillStyle = ground;
  paper.beginPath();
  paper.rect(0, 0, width, height);
  paper.fill();
}

/** @param {Paper} paper @param {import("./scene.js").Scene} scene @param {string} ground */
function sceneOn(paper, scene, ground) {
  const { clientWidth: width, clientHeight: height } = scene.container;
  spread(paper, width, height + FOOT, ground);
  paper.put(`<svg width="${width}" height="${height}">`);
  drawScene(scene, paper);
  paper.put("</svg>");
}

/**
 * The map with Korea beside it, and under both what its lines mean.
 *
 * @param {Paper} paper @param {HTMLElement} stage @param {string} ground @param {Look} look
 */
function mapOn(paper, stage, ground, look) {
  const { clientWidth: wide, clientHeight: high } = stage;
  const inset = insetOf(stage);
  const width = wide + (inset ? inset.stage.clientWidth + 2 * PAD : 0);
  const tall = Math.max(high, inset ? inset.stage.clientHeight + CAPTION + PAD : 0);
  const looks = /** @type {any} */ (globalThis).jamae?.map?.data.looks ?? {};
  const font = `400 12px ${look.font}`;
  const rows = legendRows(Object.values(looks), width - 2 * PAD, (text) => paper.measure(text, font));
  spread(paper, width, tall + (rows.length ? rows.length * ROW + PAD : 0) + FOOT, ground);
  drawMap(stage, paper, 0, 0);
  if (inset) {
    paper.font = `600 12px ${look.font}`;
    paper.textAlign = "start";
    paper.textBaseline = "alphabetic";
    paper.fillStyle = look.ink;
    paper.fillText(inset.caption, wide + PAD, CAPTION - 7);
    drawMap(inset.stage, paper, wide + PAD, CAPTION);
  }
  drawLegend(rows, paper, { left: PAD, top: tall + PAD, row: ROW, font, ink: look.ink });
}

/**
 * Under the picture: what it shows, where it is from, of which day.
 *
 * @param {Paper} paper @param {string} title @param {string} credit
 * @param {Look} look
 */
function sign(paper, title, credit, look) {
  const bottom = paper.canvas.height;
  paper.globalAlpha = 1;
  paper.textAlign = "start";
  paper.textBaseline = "alphabetic";
  paper.fillStyle = look.ink;
  paper.font = `600 13px ${look.font}`;
  paper.fillText(title, 12, bottom - 25);
  paper.fillStyle = look.soft;
  paper.font = `400 11px ${look.font}`;
  paper.fillText(credit, 12, bottom - 9);
}

/** @param {Blob} blob @param {string} name */
function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** @param {Made} made @returns {Promise<Blob>} */
async function painted({ svg, width, height }) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * SHARP;
  canvas.height = height * SHARP;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
  });
}

offer("svg", {
  ready: pictureInSight,
  make: (menu) => download(new Blob([pictureOf(menu).svg], { type: "image/svg+xml" }), `jamae-${today()}.svg`),
});
offer("png", {
  ready: pictureInSight,
  make: async (menu) => download(await painted(pictureOf(menu)), `jamae-${today()}.png`),
});
