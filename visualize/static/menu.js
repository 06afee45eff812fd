/** The menu of a mark, on the other mouse button: what it can be opened by, and what else. */
import { element } from "./data.js";

/**
 * @param {import("./scene.js").Scene} scene
 * @param {import("./panel.js").Panel} panel
 */
export function wireMenu(scene, panel) {
  const menu = document.getElementById("menu");
  if (!menu) return;
  const close = () => {
    menu.hidden = true;
  };
  scene.network.on("oncontext", (/** @type {any} */ hit) => {
    const id = scene.network.getNodeAt(hit.pointer.DOM);
    hit.event.preventDefault();
    if (!id) return close();
    const name = element("p", "menu-name", scene.given.get(id)?.label);
    menu.replaceChildren(name, ...panel.actionsOf(id));
    menu.hidden = false;
    const { clientWidth, clientHeight } = scene.container;
    menu.style.left = `${Math.max(0, Math.min(hit.pointer.DOM.x, clientWidth - menu.offsetWidth - 8))}px`;
    menu.style.top = `${Math.max(0, Math.min(hit.pointer.DOM.y, clientHeight - menu.offsetHeight - 8))}px`;
    /** @type {HTMLElement|null} */ (menu.querySelector("button"))?.focus();
  });
  menu.addEventListener("click", close);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
    scene.container.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(/** @type {Node} */ (event.target))) close();
  });
}
