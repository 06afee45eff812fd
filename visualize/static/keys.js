/** The keyboard: arrows walk to neighbours, Enter opens, Escape clears, + − 0 zoom. */

const ARROWS = new Map([
  ["ArrowRight", { x: 1, y: 0 }],
  ["ArrowLeft", { x: -1, y: 0 }],
  ["ArrowDown", { x: 0, y: 1 }],
  ["ArrowUp", { x: 0, y: -1 }],
]);

/**
 * @param {HTMLElement} canvas
 * @param {import("./scene.js").Scene} scene
 * @param {{node: (id: string|null) => void, open: () => void, close?: () => void}} act
 */
export function wireKeys(canvas, scene, act) {
  const keys = new Map([
    ["Enter", act.open],
    ["Escape", () => act.node(null)],
    ["+", () => scene.zoom(1.25)],
    ["=", () => scene.zoom(1.25)],
    ["-", () => scene.zoom(0.8)],
    ["0", () => scene.fit()],
  ]);
  canvas.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const way = ARROWS.get(event.key);
    const shut = event.shiftKey && event.key === "Enter" ? act.close : undefined;
    const action = way ? () => act.node(towards(scene, way)) : shut || keys.get(event.key);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

/**
 * The neighbour that lies best in a direction; the centre if nothing is selected yet.
 *
 * @param {import("./scene.js").Scene} scene
 * @param {{x: number, y: number}} way
 * @returns {string|null}
 */
function towards(scene, way) {
  const nearest = scene.shown().sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y))[0];
  if (!scene.selected || !scene.given.has(scene.selected)) return nearest ? nearest.id : null;
  const here = scene.place(scene.selected);
  let [best, found] = [0.35, scene.selected];
  for (const id of scene.around(scene.selected)) {
    if (id === scene.selected) continue;
    const there = scene.place(id);
    const [x, y] = [there.x - here.x, there.y - here.y];
    const along = (x * way.x + y * way.y) / (Math.hypot(x, y) || 1);
    if (along > best) [best, found] = [along, id];
  }
  return found;
}
