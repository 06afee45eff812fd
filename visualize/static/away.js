/** Brings what fills the menu of what is taken away, when it is first opened; no sooner. */

const bring = () => import("./take.js");

for (const menu of document.querySelectorAll("[data-menu='take']")) {
  if (menu instanceof HTMLDetailsElement) {
    for (const what of ["pointerenter", "focusin", "toggle"]) menu.addEventListener(what, bring, { once: true });
  } else bring();
}
