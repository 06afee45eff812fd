/**
 * The scene of another address: the server makes the page of it, and its parts take the place
 * of ours. Nothing of it runs; what the scripts draw comes from its data blocks.
 */
import { readPage } from "./data.js";

const PARTS = ["tabs", "filters", "crumbs", "years", "path", "table", "scene-data"];
/** @type {AbortController|null} */
let pending = null;

/** @typedef {ReturnType<typeof readPage>} PageData */
/** @type {Set<(data: PageData, page: Document) => void>} */
const listeners = new Set();

/**
 * Be told of every new scene, after its parts are in the page.
 *
 * @param {(data: PageData, page: Document) => void} listener
 */
export function onScene(listener) {
  listeners.add(listener);
}

/**
 * @param {string} to an address of ours
 * @returns {Promise<boolean>} false if a later call took its place; throws if it failed
 */
export async function fetchScene(to) {
  pending?.abort();
  const mine = new AbortController();
  pending = mine;
  try {
    const answer = await fetch(to, { headers: { Accept: "text/html" }, signal: mine.signal });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    if (mine.signal.aborted) return false;
    swap(new DOMParser().parseFromString(text, "text/html"));
    return true;
  } catch (error) {
    if (mine.signal.aborted) return false;
    throw error;
  }
}

/** @param {Document} page */
function swap(page) {
  const key = keyOf(document.activeElement);
  document.title = page.title;
  for (const id of PARTS) {
    const [mine, theirs] = [document.getElementById(id), page.getElementById(id)];
    if (!mine || !theirs) continue;
    keepOpen(mine, theirs);
    mine.replaceWith(document.adoptNode(theirs));
  }
  if (key) refocus(key);
  const data = readPage();
  for (const listener of listeners) listener(data, page);
}

/** @param {Element} mine @param {Element} theirs */
function keepOpen(mine, theirs) {
  const [was, is] = [mine, theirs].map((part) => part.querySelector("details") || part);
  if (was instanceof HTMLDetailsElement && mine.id !== "path") is.toggleAttribute("open", was.open);
}

/** @param {Element|null} element @returns {string} a selector that finds its successor */
function keyOf(element) {
  if (!(element instanceof HTMLElement)) return "";
  if (element.id) return `#${CSS.escape(element.id)}`;
  const { act, kind, node, view } = element.dataset;
  if (!act) return "";
  const given = Object.entries({ act, kind, node, view }).filter(([, value]) => value);
  return given.map(([name, value]) => `[data-${name}="${CSS.escape(value || "")}"]`).join("");
}

/** @param {string} key */
function refocus(key) {
  if (document.activeElement && document.activeElement !== document.body) return;
  /** @type {HTMLElement|null} */ (document.querySelector(key))?.focus({ preventScroll: true });
}
