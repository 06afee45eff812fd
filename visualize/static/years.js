/** The slider of years: two native handles and a button that plays year after year. */
import { bounds, ends, paintYears } from "./handles.js";
import { get, set } from "./state.js";

const WAIT = 140;
const PACE = 900;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let later;
/** @type {ReturnType<typeof setInterval>|undefined} */
let playing;

export function wireYears() {
  document.addEventListener("input", (event) => {
    const handle = /** @type {HTMLInputElement} */ (event.target);
    if (handle.id !== "year-from" && handle.id !== "year-to") return;
    stop();
    const [from, to] = ends(handle);
    paintYears(from, to);
    clearTimeout(later);
    later = setTimeout(() => choose(from, to), WAIT);
  });
  document.addEventListener("click", (event) => {
    if (/** @type {Element} */ (event.target).closest("#play")) (playing ? stop : play)();
  });
  document.addEventListener("submit", (event) => {
    if (/** @type {Element} */ (event.target).closest(".years-form")) event.preventDefault();
  });
}

/** @param {number} from @param {number} to */
function choose(from, to) {
  const years = bounds();
  if (!years) return;
  const told = (/** @type {number} */ year, /** @type {number} */ usual) =>
    year === usual ? "" : String(year).padStart(4, "0");
  set({ from: told(from, years.first), to: told(to, years.last) });
}

function play() {
  const years = bounds();
  if (!years) return;
  let year = get().to && Number(get().to) < years.last ? Number(get().to) : years.first - 1;
  playing = setInterval(() => {
    year += 1;
    if (year > years.last) return stop();
    paintYears(Number(get().from || years.first), year);
    set({ to: year === years.last ? "" : String(year).padStart(4, "0") }, { replace: year > years.first });
  }, PACE);
  press(true);
}

function stop() {
  clearInterval(playing);
  playing = undefined;
  press(false);
}

/** @param {boolean} on */
function press(on) {
  const button = document.getElementById("play");
  button?.setAttribute("aria-pressed", String(on));
  const face = button?.querySelector("span");
  if (face) face.textContent = on ? "❚❚" : "▶";
}
