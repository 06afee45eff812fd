/** Brings what takes pictures away when the menu for it is first looked at; no sooner. */

for (const menu of document.querySelectorAll("[data-menu='take']")) {
  const bring = () => import("./pictures.js").then(() => menu.dispatchEvent(new Event("toggle")));
  for (const what of ["pointerenter", "focusin", "toggle"]) menu.addEventListener(what, bring, { once: true });
}
