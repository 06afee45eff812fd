/** The table of a scene: headings sort it, a box finds rows by what they say. */
import { onScene } from "./swap.js";

let wanted = "";
/** @type {{column: number, down: boolean}|null} */
let sorted = null;

export function wireTable() {
  document.addEventListener("click", (event) => {
    const head = /** @type {Element} */ (event.target).closest(".sort")?.closest("th");
    if (head) sort(head, head.getAttribute("aria-sort") !== "ascending");
  });
  document.addEventListener("input", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.id !== "rows-find") return;
    wanted = box.value;
    find();
  });
  onScene(again);
}

/** The table of another scene is sorted and searched as the one before. */
function again() {
  const box = document.getElementById("rows-find");
  if (box instanceof HTMLInputElement) box.value = wanted;
  const heads = document.querySelectorAll(".things thead th");
  const head = sorted && heads[sorted.column];
  if (sorted && head instanceof HTMLTableCellElement) sort(head, sorted.down);
  find();
}

/** Show the rows that hold what is wanted, and say how many. */
function find() {
  const rows = /** @type {NodeListOf<HTMLTableRowElement>} */ (document.querySelectorAll(".things tbody tr"));
  let n = 0;
  for (const row of rows) {
    row.hidden = !holds(row.cells, wanted);
    n += Number(!row.hidden);
  }
  const said = /** @type {HTMLElement|null} */ (document.getElementById("rows-found"));
  const text = (said?.dataset.said || "").replace("{n}", String(n)).replace("{total}", String(rows.length));
  if (said) said.textContent = wanted.trim() ? text : "";
}

/** @param {ArrayLike<{textContent: string|null}>} cells @param {string} text @returns {boolean} */
export function holds(cells, text) {
  const told = Array.from(cells).slice(0, 5).map((cell) => cell.textContent || "").join(" ");
  const plain = (/** @type {string} */ one) => one.normalize("NFC").toLowerCase();
  return plain(told).includes(plain(text.trim()));
}

/** @param {HTMLTableCellElement} head @param {boolean} down from the least to the most */
function sort(head, down) {
  const table = head.closest("table");
  if (!table) return;
  table.querySelectorAll("th[aria-sort]").forEach((one) => one.removeAttribute("aria-sort"));
  sorted = { column: head.cellIndex, down };
  head.setAttribute("aria-sort", down ? "ascending" : "descending");
  const compare = comparison(head.cellIndex, head.dataset.sort === "number", down);
  table.tBodies[0].append(...[...table.tBodies[0].rows].sort(compare));
}

/**
 * @param {number} column
 * @param {boolean} numbers
 * @param {boolean} up
 * @returns {(one: HTMLTableRowElement, two: HTMLTableRowElement) => number}
 */
export function comparison(column, numbers, up) {
  const text = (/** @type {HTMLTableRowElement} */ row) => (row.cells[column].textContent || "").trim();
  const number = (/** @type {HTMLTableRowElement} */ row) => Number(text(row).replaceAll(",", ""));
  const way = up ? 1 : -1;
  return (one, two) => {
    const told = numbers ? number(one) - number(two) : text(one).localeCompare(text(two));
    return way * told;
  };
}
