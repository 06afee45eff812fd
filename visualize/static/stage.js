/** What surrounds the picture: the tip under the pointer, the zoom buttons, wheel and touch. */

/** @typedef {import("./scene.js").Scene} Scene */

/**
 * @param {Scene} scene
 * @param {import("./data.js").PanelData|null} panel
 */
export function wireTip(scene, panel) {
  const tip = document.getElementById("tip");
  const kinds = new Map((panel?.nodes || []).map((node) => [node.id, node.kind]));
  const said = new Map((panel?.lines || []).map((line) => [line.id, line.said[0]?.relation]));
  const show = (/** @type {string} */ text, /** @type {{x: number, y: number}} */ at) => {
    if (!tip || !text) return;
    tip.textContent = text;
    tip.hidden = false;
    const right = Math.max(0, scene.container.clientWidth - tip.offsetWidth - 8);
    tip.style.left = `${Math.min(at.x + 14, right)}px`;
    tip.style.top = `${Math.max(4, at.y - tip.offsetHeight - 10)}px`;
  };
  scene.network.on("hoverNode", (/** @type {any} */ hit) => {
    scene.hovered = hit.node;
    const node = scene.given.get(hit.node);
    const kind = kinds.get(hit.node);
    if (node) show(kind ? `${kind} · ${node.label}` : node.label, hit.pointer.DOM);
  });
  scene.network.on("hoverEdge", (/** @type {any} */ hit) => {
    show(said.get(hit.edge) || "", hit.pointer.DOM);
  });
  for (const leave of ["blurNode", "blurEdge", "dragStart", "zoom", "click"]) {
    scene.network.on(leave, () => {
      scene.hovered = null;
      if (tip) tip.hidden = true;
    });
  }
}

/** @param {Scene} scene */
export function wireZoom(scene) {
  const actions = new Map([
    ["in", () => scene.zoom(1.25)],
    ["out", () => scene.zoom(0.8)],
    ["fit", () => scene.fit()],
  ]);
  for (const button of document.querySelectorAll("button[data-zoom]")) {
    const action = actions.get(/** @type {HTMLElement} */ (button).dataset.zoom || "");
    if (action) button.addEventListener("click", action);
  }
  let last = scene.container.clientWidth;
  new ResizeObserver(() => {
    if (Math.abs(scene.container.clientWidth - last) < 4) return;
    last = scene.container.clientWidth;
    scene.fit();
  }).observe(scene.container);
}

/**
 * The wheel and a finger scroll the page until the picture has been pressed or focused.
 *
 * @param {HTMLElement} canvas
 * @param {Scene} scene
 */
export function wireActivity(canvas, scene) {
  const active = (/** @type {boolean} */ on) => {
    canvas.classList.toggle("active", on);
    scene.network.setOptions({ interaction: { zoomView: on } });
  };
  active(document.body.classList.contains("bare"));
  canvas.addEventListener("pointerdown", () => {
    canvas.classList.add("pressed");
    canvas.focus({ preventScroll: true });
  });
  canvas.addEventListener("keydown", () => canvas.classList.remove("pressed"));
  canvas.addEventListener("focusin", () => active(true));
  canvas.addEventListener("focusout", () => active(document.body.classList.contains("bare")));
}
