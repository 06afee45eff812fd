/** The table of a scene: a press on a heading sorts by it, a second one the other way. */

export function wireTable() {
  document.addEventListener("click", (event) => {
    const head = /** @type {Element} */ (event.target).closest("th[data-sort]");
    if (head instanceof HTMLTableCellElement) sort(head);
  });
  document.addEventListener("keydown", (event) => {
    const head = /** @type {Element} */ (event.target).closest("th[data-sort]");
    if (!(head instanceof HTMLTableCellElement) || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    sort(head);
  });
}

/** @param {HTMLTableCellElement} head */
function sort(head) {
  const table = head.closest("table");
  if (!table) return;
  const down = head.getAttribute("aria-sort") !== "ascending";
  table.querySelectorAll("th[aria-sort]").forEach((one) => one.removeAttribute("aria-sort"));
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
