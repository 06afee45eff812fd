/** The matrix: cities by countries over the whole store, under the filters of the page. */
import { Asked, filters } from "./asked.js";
import { Cell } from "./matrixcell.js";
import { Grid } from "./matrixgrid.js";
import { get, set, subscribe } from "./state.js";

/**
 * @typedef {{measure: string, home: string, by_country: string, by_city: string,
 *   first_row: number, first_column: number}} Window
 */

const MEASURES = ["missions", "firms", "deals"];
const ROWS = 25;
const CELL = 38;
const HEADS = 215;

/** @param {HTMLElement} pane */
export function startMatrix(pane) {
  const root = /** @type {HTMLElement} */ (pane.querySelector(".matrix"));
  const words = JSON.parse(pane.querySelector("script[data-words]")?.textContent || "{}");
  const asked = new Asked();
  /** @type {Window} */
  let part = { measure: "ties", home: "", by_country: "", by_city: "", first_row: 0, first_column: 0 };
  const columns = Math.max(3, Math.min(25, Math.floor((root.clientWidth - HEADS) / CELL)));
  const cell = new Cell(/** @type {HTMLElement} */ (root.querySelector(".matrix-cell")), words);
  const grid = new Grid(/** @type {HTMLElement} */ (root.querySelector(".matrix-grid")), words, {
    open: (city, country) => cell.open({ city, country, measure: part.measure }, filters(get())),
    byCountry: (id) => change({ by_country: part.by_country === id ? "" : id, first_row: 0 }),
    byCity: (id) => change({ by_city: part.by_city === id ? "" : id, first_column: 0 }),
  });
  let shown = "";

  /** @param {Partial<Window>} changes */
  function change(changes) {
    part = { ...part, ...changes };
    show().catch(failed);
  }

  /** @param {import("./address.js").State} state what is counted and of whom stands in the address */
  function follow({ show: chosen }) {
    const measure = chosen.find((one) => MEASURES.includes(one)) || "ties";
    const home = chosen.find((one) => one.startsWith("country:")) || "";
    if (measure !== part.measure || home !== part.home) {
      part = { measure, home, by_country: "", by_city: "", first_row: 0, first_column: 0 };
    }
    for (const choice of root.querySelectorAll("input[name=measure]")) {
      const input = /** @type {HTMLInputElement} */ (choice);
      input.checked = input.value === measure;
    }
    const list = /** @type {HTMLSelectElement} */ (root.querySelector("select[name=home]"));
    if (list.options.length) list.value = home || list.dataset.usual || "";
  }

  /** @param {string} measure @param {string} home */
  function choose(measure, home) {
    const kept = get().show.filter((one) => !MEASURES.includes(one) && !one.startsWith("country:"));
    set({ show: [...kept, measure, home].filter((one) => one && one !== "ties") });
  }

  async function show() {
    const state = get();
    if (state.view !== "matrix") return;
    follow(state);
    const query = filters(state);
    for (const [name, value] of Object.entries(part)) if (value) query.set(name, String(value));
    query.set("rows", String(ROWS));
    query.set("columns", String(columns));
    if (shown === query.toString()) return grid.choose(state.selected || state.center);
    root.setAttribute("aria-busy", "true");
    const data = await asked.get(`/explore/matrix?${query}`);
    if (!data) return;
    shown = query.toString();
    cell.close();
    grid.show(data, part);
    grid.choose(state.selected || state.center);
    pages(data);
    tell(data);
    root.removeAttribute("aria-busy");
    root.dataset.ready = "true";
  }

  /** @param {{all_rows: number, all_columns: number, rows: object[], columns: object[]}} data */
  function pages(data) {
    page("row", part.first_row, data.rows.length, data.all_rows, ROWS);
    page("column", part.first_column, data.columns.length, data.all_columns, columns);
  }

  /**
   * @param {"row"|"column"} side
   * @param {number} first
   * @param {number} here
   * @param {number} all
   * @param {number} step
   */
  function page(side, first, here, all, step) {
    const group = /** @type {HTMLElement} */ (root.querySelector(`[data-page="${side}"]`));
    group.hidden = all <= step && !first;
    const said = words[`${side}s`].replace("{first}", String(first + 1)).replace("{last}", String(first + here));
    /** @type {HTMLElement} */ (group.querySelector(".page-said")).textContent = said.replace("{n}", String(all));
    const [back, on] = group.querySelectorAll("button");
    [back.disabled, on.disabled] = [first <= 0, first + here >= all];
  }

  /** @param {{nowhere: number, rows: object[]}} data */
  function tell(data) {
    const note = /** @type {HTMLElement} */ (root.querySelector(".matrix-note"));
    const parts = data.rows.length ? [words[`measure_${part.measure}`]] : [words.nothing];
    if (data.nowhere) parts.push(words.nowhere.replace("{n}", String(data.nowhere)));
    note.textContent = parts.join(" ");
  }

  /**
   * @param {"row"|"column"} side
   * @param {number} way
   */
  function turn(side, way) {
    if (side === "row") change({ first_row: Math.max(0, part.first_row + way * ROWS) });
    else change({ first_column: Math.max(0, part.first_column + way * columns) });
  }

  for (const side of /** @type {("row"|"column")[]} */ (["row", "column"])) {
    root.querySelectorAll(`[data-page="${side}"] button`).forEach((button, index) => {
      button.addEventListener("click", () => turn(side, index ? 1 : -1));
    });
  }
  const failed = () => pane.querySelector("[data-failed]")?.removeAttribute("hidden");
  for (const choice of root.querySelectorAll("input[name=measure]")) {
    const input = /** @type {HTMLInputElement} */ (choice);
    input.addEventListener("change", () => choose(input.value, part.home));
  }
  homes(root, () => part.home, (home) => choose(part.measure, home)).catch(failed);
  root.querySelector(".matrix-tools")?.removeAttribute("hidden");
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => grid.colour());
  Object.assign(/** @type {any} */ (globalThis).jamae ?? {}, { matrix: grid });
  subscribe(() => {
    show().catch(failed);
  });
}

/**
 * Fill the list of countries whose cities may be the rows.
 *
 * @param {HTMLElement} root
 * @param {() => string} chosen
 * @param {(home: string) => void} choose
 */
async function homes(root, chosen, choose) {
  const list = /** @type {HTMLSelectElement} */ (root.querySelector("select[name=home]"));
  const data = await new Asked().get(`/explore/homes?${new URLSearchParams({ lang: get().lang })}`);
  for (const { id, name } of data?.homes ?? []) {
    const option = document.createElement("option");
    option.value = id;
    option.textContent = name;
    list.append(option);
  }
  list.dataset.usual = data?.usual;
  list.value = chosen() || data?.usual || "";
  list.addEventListener("change", () => choose(list.value === list.dataset.usual ? "" : list.value));
}
