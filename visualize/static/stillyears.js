/** The years of a file that asks nobody: its handles filter the picture, the panel and the list. */
import { bounds, ends, paintYears } from "./handles.js";

/**
 * @param {import("./scene.js").Scene} scene
 * @param {() => void} changed
 */
export function wireStillYears(scene, changed) {
  const form = document.getElementById("years");
  form?.addEventListener("input", (event) => {
    const moved = /** @type {HTMLInputElement} */ (event.target);
    if (moved.type === "checkbox") scene.within({ undated: moved.checked });
    else {
      const [from, to] = ends(moved);
      paintYears(from, to);
      scene.within(open(from, to));
      paintBars(from, to);
    }
    changed();
  });
}

/** @param {number} from @param {number} to the ends of the slider bound nothing */
function open(from, to) {
  const years = bounds();
  return { from: from === years?.first ? -Infinity : from, to: to === years?.last ? Infinity : to };
}

/** @param {number} from @param {number} to */
function paintBars(from, to) {
  for (const bar of document.querySelectorAll(".bars [data-year]")) {
    const year = Number(/** @type {SVGElement} */ (bar).dataset.year);
    bar.classList.toggle("in", year >= from && year <= to);
    bar.classList.toggle("out", year < from || year > to);
  }
}
