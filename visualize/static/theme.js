/** The colours that the canvas takes from the page, light or dark. */

const dark = matchMedia("(prefers-color-scheme: dark)");

/** @returns {{ink: string, soft: string, halo: string, selection: string, font: string}} */
export function theme() {
  const style = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return {
    ink: read("--ink"),
    soft: read("--soft"),
    halo: read("--halo"),
    selection: read("--selection"),
    font: read("--font"),
  };
}

/** @param {() => void} changed called when light turns dark or back */
export function onTheme(changed) {
  dark.addEventListener("change", changed);
}
