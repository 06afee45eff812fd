/**
 * What is taken away: the address of what is shown, its files, a print. The links work without
 * this too, for what the page first showed; the buttons need it.
 */

/** @typedef {{make: (menu: HTMLElement) => unknown, ready?: () => boolean}} Way */

/** @type {Map<string, Way>} how each button takes away, and whether it can now */
const ways = new Map([
  ["print", { make: () => globalThis.print() }],
  ["link", { make: () => copy(location.href) }],
  ["embed", { make: (/** @type {HTMLElement} */ menu) => copy(embedding(menu)) }],
]);

/** @param {string} what @param {Way} way a further way to take away what is shown */
export function offer(what, way) {
  ways.set(what, way);
}

/** @returns {string} today where the reader is, as 2026-11-25 */
export function today() {
  const now = new Date();
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
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
      const way = ways.get(button.dataset.take || "");
      button.hidden = !way || way.ready?.() === false;
    }
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (menu.querySelectorAll("a[data-file]"))) {
      if (location.search) link.href = `${link.dataset.file}${location.search}`;
    }
    if (said) said.textContent = "";
  };
  refresh();
  for (const event of ["toggle", "focusin", "pointerdown"]) menu.addEventListener(event, refresh);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !(menu instanceof HTMLDetailsElement)) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  for (const button of buttons) {
    button.addEventListener("click", () => {
      Promise.resolve(menu)
        .then(ways.get(button.dataset.take || "")?.make)
        .then(() => button.dataset.done)
        .catch(() => menu.dataset.failed)
        .then((words) => said && (said.textContent = words || ""));
    });
  }
}

for (const menu of document.querySelectorAll("[data-menu='take']")) wireTake(/** @type {HTMLElement} */ (menu));
