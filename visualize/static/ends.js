/** The two ends of a path: names are offered with place and kind while one types, ids are sent. */
import { Offers } from "./offers.js";
import { ACTIONS } from "./address.js";
import { get, set } from "./state.js";

export function wireEnds() {
  document.addEventListener("focusin", (event) => {
    const box = event.target;
    if (box instanceof HTMLInputElement && box.closest(".path-form") && box.dataset.list) listen(box);
  });
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches(".path-form")) return;
    const boxes = [...form.querySelectorAll("input")].filter((box) => box.type === "text");
    const [start, goal] = boxes.map((box) => box.dataset.id || "");
    if (start && goal) {
      event.preventDefault();
      find(start, goal);
    }
    for (const box of boxes) if (box.dataset.id) box.value = box.dataset.id;
  });
}

/** @param {HTMLInputElement} box offers names under it; once, as a scene may bring another box */
function listen(box) {
  const list = document.getElementById(box.dataset.list || "");
  const told = document.getElementById("ends-told");
  const marks = document.getElementById("offer-marks");
  if (!list || !told || !(marks instanceof HTMLTemplateElement)) return;
  delete box.dataset.list;
  const offers = new Offers(box, list, told, marks, take, ({ id }) => Boolean(id));
  offers.listen();
  box.addEventListener("input", () => delete box.dataset.id);

  /** @param {import("./offers.js").Offer} offer */
  function take({ id, name }) {
    box.value = name;
    box.dataset.id = id;
  }
}

/** @param {string} start @param {string} goal */
function find(start, goal) {
  const from = start === get().center ? get() : ACTIONS.around(get(), { node: start });
  set({ ...from, path: goal });
}
