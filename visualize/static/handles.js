/** The two native handles of the years, and what is said beside them. */

/** @returns {{first: number, last: number}|null} the years there are */
export function bounds() {
  const form = /** @type {HTMLElement|null} */ (document.querySelector(".years-form"));
  return form && { first: Number(form.dataset.first), last: Number(form.dataset.last) };
}

/** @param {HTMLInputElement} moved the handle that pushes the other along @returns {[number, number]} */
export function ends(moved) {
  const [from, to] = ["year-from", "year-to"].map(
    (id) => /** @type {HTMLInputElement} */ (document.getElementById(id)),
  );
  if (Number(from.value) > Number(to.value)) (moved === from ? to : from).value = moved.value;
  return [Number(from.value), Number(to.value)];
}

/** @param {number} from @param {number} to */
export function paintYears(from, to) {
  const span = document.getElementById("year-span");
  if (span) span.textContent = from === to ? String(from) : `${from}–${to}`;
  for (const [id, year] of [["year-from", from], ["year-to", to]]) {
    const handle = document.getElementById(String(id));
    const word = handle?.closest("label")?.textContent?.trim() || "";
    handle?.setAttribute("aria-valuetext", `${word} ${year}`);
  }
}
