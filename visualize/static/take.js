/**
 * What is taken away: the address of what is shown, its files, its picture, a print. The links
 * work without this too, for what the page first showed; the buttons need it.
 */
import { drawScene } from "./drawing.js";
import { drawMap } from "./mapdrawing.js";
import { Paper } from "./paper.js";

const FOOT = 44;
const SHARP = 2;

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

/** @returns {string} today where the reader is, as 2026-11-25 */
function today() {
  const now = new Date();
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** @param {HTMLElement} menu @returns {{svg: string, width: number, height: number}|null} */
function picture(menu) {
  const scene = sceneHere();
  const stage = mapInSight();
  const frame = stage || scene?.container;
  const context = document.createElement("canvas").getContext("2d");
  if (!frame?.clientWidth || !context) return null;
  const [width, height] = [frame.clientWidth, frame.clientHeight + FOOT];
  const paper = new Paper(width, height, (text, font) => {
    context.font = font;
    return context.measureText(text).width;
  });
  const style = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  paper.fillStyle = read("--halo");
  paper.beginPath();
  paper.rect(0, 0, width, height);
  paper.fill();
  paper.put(`<svg width="${width}" height="${frame.clientHeight}">`);
  if (stage) drawMap(stage, paper);
  else if (scene) drawScene(scene, paper);
  paper.put("</svg>");
  const title = menu.dataset.title || "";
  sign(paper, title, `${menu.dataset.credit || ""} · ${today()}`, { ink: read("--ink"), soft: read("--soft"), font: read("--font") });
  return { svg: paper.svg(title), width, height };
}

/**
 * Under the picture: what it shows, where it is from, of which day.
 *
 * @param {Paper} paper @param {string} title @param {string} credit
 * @param {{ink: string, soft: string, font: string}} look
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

/** @param {{svg: string, width: number, height: number}} made @returns {Promise<Blob>} */
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

/** @param {string} text */
async function copy(text) {
  if (navigator.clipboard && isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const box = document.createElement("textarea");
  box.value = text;
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy"); // the only way outside a secure context
  box.remove();
  if (!done) throw new Error("not copied");
}

/** @param {HTMLElement} menu @param {string} what */
async function take(menu, what) {
  const name = `jamae-${today()}`;
  if (what === "print") globalThis.print();
  else if (what === "link") await copy(location.href);
  else if (what === "embed") await copy(embedding(menu));
  else {
    const made = picture(menu);
    if (!made) throw new Error("no picture");
    if (what === "svg") download(new Blob([made.svg], { type: "image/svg+xml" }), `${name}.svg`);
    else download(await painted(made), `${name}.png`);
  }
}

/** @param {HTMLElement} menu @returns {string} HTML for another page, with this scene in it */
function embedding(menu) {
  const frame = document.createElement("iframe");
  frame.setAttribute("src", `${location.origin}/embed${location.search}`);
  frame.setAttribute("title", menu.dataset.title || "");
  for (const [key, value] of [["width", "800"], ["height", "600"], ["loading", "lazy"]]) frame.setAttribute(key, value);
  return frame.outerHTML;
}

/** @param {HTMLElement} menu */
function wireTake(menu) {
  const said = menu.querySelector("[data-said]");
  const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (menu.querySelectorAll("button[data-take]"));
  const refresh = () => {
    for (const button of buttons) {
      button.hidden = ["png", "svg"].includes(button.dataset.take || "") && !pictureInSight();
    }
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (menu.querySelectorAll("a[data-file]"))) {
      if (location.search) link.href = `${link.dataset.file}${location.search}`;
    }
    if (said) said.textContent = "";
  };
  refresh();
  menu.addEventListener("toggle", refresh);
  menu.addEventListener("focusin", refresh);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !(menu instanceof HTMLDetailsElement)) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  for (const button of buttons) {
    button.addEventListener("click", () => {
      take(menu, button.dataset.take || "")
        .then(() => button.dataset.done)
        .catch(() => menu.dataset.failed)
        .then((words) => said && (said.textContent = words || ""));
    });
  }
}

for (const menu of document.querySelectorAll("[data-menu='take']")) wireTake(/** @type {HTMLElement} */ (menu));
