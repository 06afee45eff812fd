/** Keys that are one letter or sign: silent in fields and while composing; they can be turned off. */

const KEPT = "jamae-letters";

/** @returns {boolean} whether such keys do anything, as this browser remembers it */
export function lettersOn() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true; // a browser that keeps nothing
  }
}

/** @param {boolean} on */
export function keepLetters(on) {
  try {
    if (on) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, "off");
  } catch {
    // it is so for this page only
  }
}

/** @param {KeyboardEvent} event @returns {string} the letter or sign that is meant as a key, or "" */
export function letterOf(event) {
  const target = event.target instanceof Element ? event.target : null;
  const typing = target?.closest("input, textarea, select, [contenteditable]");
  const held = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  if (typing || held || event.key.length !== 1 || document.querySelector("dialog[open]")) return "";
  return lettersOn() ? event.key : "";
}
