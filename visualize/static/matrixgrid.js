/** The table of the matrix: numbers, shades, marks; one tab stop, arrows inside. */
import { element } from "./data.js";
import { css, shade } from "./shade.js";

/**
 * @typedef {{id: string, name: string, total: number}} Head
 * @typedef {{rows: Head[], columns: Head[], numbers: number[][], tied: boolean[][],
 *   measure: string}} Data
 */

export class Grid {
  /**
   * @param {HTMLElement} root
   * @param {Record<string, string>} words
   * @param {{open: (city: Head, country: Head) => void, byCountry: (id: string) => void,
   *   byCity: (id: string) => void}} act
   */
  constructor(root, words, act) {
    this.root = root;
    this.words = words;
    this.act = act;
    /** @type {Data} */
    this.data = { rows: [], columns: [], numbers: [], tied: [], measure: "" };
    /** @type {HTMLElement[][]} */
    this.stops = [];
    root.addEventListener("keydown", (event) => this.walk(event));
  }

  /**
   * @param {Data} data
   * @param {{by_country: string, by_city: string}} sorted
   */
  show(data, sorted) {
    const at = this.position(document.activeElement);
    this.data = data;
    const table = element("table", "matrix-table");
    table.setAttribute("role", "grid");
    table.setAttribute("aria-label", this.words.table);
    const head = element("thead", "");
    const body = element("tbody", "");
    const [top, topStops] = this.topRow(data, sorted);
    head.append(top, this.sums(data));
    const rows = data.rows.map((row, index) => this.row(row, index, sorted));
    body.append(...rows.map(([line]) => line));
    table.append(head, body);
    this.stops = [topStops, ...rows.map(([, stops]) => stops)];
    this.root.replaceChildren(table);
    this.colour();
    const first = this.stops[at ? Math.min(at[0], this.stops.length - 1) : 1]?.[at ? at[1] : 0] ?? this.stops[0]?.[0];
    if (first) first.tabIndex = 0;
    if (at) first?.focus();
  }

  /**
   * @param {Data} data
   * @param {{by_country: string}} sorted
   * @returns {[HTMLElement, HTMLElement[]]}
   */
  topRow(data, { by_country }) {
    const line = element("tr", "");
    const corner = element("th", "corner", this.words.city);
    const total = element("th", "total", this.words.total);
    for (const cell of [corner, total]) cell.setAttribute("scope", "col");
    line.append(corner, total);
    const stops = data.columns.map((column) => {
      const cell = element("th", "country");
      cell.setAttribute("scope", "col");
      if (column.id === by_country) cell.setAttribute("aria-sort", "descending");
      const button = this.stop("button", column.name, () => this.act.byCountry(column.id));
      button.title = this.words.sort_rows.replace("{name}", column.name);
      button.setAttribute("aria-label", `${column.name} ${column.total}. ${button.title}`);
      cell.append(button);
      line.append(cell);
      return button;
    });
    return [line, stops];
  }

  /** @param {Data} data @returns {HTMLElement} the total of each country, over all cities */
  sums(data) {
    const line = element("tr", "sums");
    const name = element("th", "city", this.words.total);
    name.setAttribute("scope", "row");
    line.append(name, element("td", "total"), ...data.columns.map((one) => element("td", "sum", String(one.total))));
    return line;
  }

  /**
   * @param {Head} row
   * @param {number} index
   * @param {{by_city: string}} sorted
   * @returns {[HTMLElement, HTMLElement[]]}
   */
  row(row, index, { by_city }) {
    const line = element("tr", "");
    line.dataset.city = row.id;
    const name = element("th", "city");
    name.setAttribute("scope", "row");
    const button = this.stop("button", row.name, () => this.act.byCity(row.id));
    button.title = this.words.sort_columns.replace("{name}", row.name);
    button.setAttribute("aria-label", `${row.name} ${row.total}. ${button.title}`);
    if (row.id === by_city) button.setAttribute("aria-pressed", "true");
    name.append(button);
    line.append(name, element("td", "total", String(row.total)));
    const cells = this.data.columns.map((column, at) => this.cell(row, column, index, at));
    line.append(...cells.map(([cell]) => cell));
    return [line, [button, ...cells.map(([, stop]) => stop)]];
  }

  /**
   * @param {Head} row
   * @param {Head} column
   * @param {number} index
   * @param {number} at
   * @returns {[HTMLElement, HTMLElement]}
   */
  cell(row, column, index, at) {
    const [n, tied] = [this.data.numbers[index][at], this.data.tied[index][at]];
    const cell = element("td", "");
    const mark = tied && this.data.measure !== "ties";
    const said = `${row.name} – ${column.name}: ${n}${mark ? `, ${this.words.tied}` : ""}`;
    if (!n) {
      const empty = this.stop("span", "", () => {});
      empty.className = mark ? "number none tied" : "number none";
      empty.setAttribute("role", "img");
      empty.setAttribute("aria-label", said);
      cell.append(empty);
      return [cell, empty];
    }
    const button = this.stop("button", String(n), () => this.act.open(row, column));
    button.className = mark ? "number tied" : "number";
    button.dataset.n = String(n);
    button.setAttribute("aria-label", said);
    cell.append(button);
    return [cell, button];
  }

  /**
   * @param {string} tag
   * @param {string} text
   * @param {() => void} press
   * @returns {HTMLElement} a stop of the arrow keys
   */
  stop(tag, text, press) {
    const made = element(tag, "", text);
    if (tag === "button") made.setAttribute("type", "button");
    made.tabIndex = -1;
    made.addEventListener("click", press);
    made.addEventListener("focus", () => {
      for (const other of this.stops.flat()) other.tabIndex = other === made ? 0 : -1;
    });
    return made;
  }

  /** Shade the cells for light or dark. */
  colour() {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const most = Math.max(1, ...this.data.numbers.flat());
    for (const one of this.root.querySelectorAll(".number[data-n]")) {
      const button = /** @type {HTMLElement} */ (one);
      const { ground, ink } = shade(Number(button.dataset.n), most, dark);
      button.style.backgroundColor = css(ground);
      button.style.color = css(ink);
    }
  }

  /** @param {string} id the row of what is chosen in the page stands out */
  choose(id) {
    for (const row of this.root.querySelectorAll("tr[data-city]")) {
      row.classList.toggle("selected", /** @type {HTMLElement} */ (row).dataset.city === id);
    }
  }

  /** @param {Element|null} focused @returns {[number, number]|null} */
  position(focused) {
    for (const [line, stops] of this.stops.entries()) {
      const at = stops.indexOf(/** @type {HTMLElement} */ (focused));
      if (at >= 0) return [line, at];
    }
    return null;
  }

  /** @param {KeyboardEvent} event */
  walk(event) {
    const here = this.position(document.activeElement);
    if (!here || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const [line, at] = here;
    const shift = line === 0 ? 1 : 0;
    const end = this.stops[line].length - 1;
    /** @type {Record<string, [number, number]>} */
    const ways = {
      ArrowRight: [line, at + 1],
      ArrowLeft: [line, at - 1],
      ArrowDown: [line + 1, at + shift],
      ArrowUp: [line - 1, line === 1 ? at - 1 : at],
      Home: [line, 0],
      End: [line, end],
    };
    const to = ways[event.key];
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    this.stops[to[0]]?.[to[1]]?.focus();
  }
}
