/** The legend filters: a press hides a kind in the picture and in the list below it. */

/**
 * @param {HTMLElement} root
 * @param {import("./scene.js").Scene} scene
 * @param {() => void} changed
 */
export function wireLegend(root, scene, changed) {
  root.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const button = /** @type {HTMLElement|null} */ (target.closest("button[aria-pressed]"));
    if (!button) return;
    const hide = button.getAttribute("aria-pressed") === "true";
    button.setAttribute("aria-pressed", String(!hide));
    const { nodeKind, lineKind } = button.dataset;
    if (nodeKind) scene.hide("node", nodeKind, hide);
    if (lineKind) scene.hide("line", lineKind, hide);
    changed();
  });
}

/**
 * Show only the rows of lines that the filters let through; rows not drawn stay.
 *
 * @param {import("./scene.js").Scene} scene
 */
export function filterList(scene) {
  for (const row of listRows()) {
    const edge = scene.edgesById.get(row.dataset.line || "");
    row.hidden = Boolean(edge) && !scene.showsEdge(/** @type {any} */ (edge));
  }
}

/** @returns {HTMLElement[]} the rows of the list */
export function listRows() {
  return [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("tr[data-line]"))];
}
