/** What is behind a cell of the matrix: each thing with its citations, and a way to the graph. */
import { Asked } from "./asked.js";
import { element, safeLink } from "./data.js";
import { set } from "./state.js";

/** @typedef {import("./matrixgrid.js").Head} Head */
/** @typedef {{id: string, name: string, facts: string[], open: string|null,
 *   cited: {parts: string[], url: string|null}[]}} Line */

export class Cell {
  /**
   * @param {HTMLElement} root
   * @param {Record<string, string>} words
   */
  constructor(root, words) {
    this.root = root;
    this.words = words;
    this.asked = new Asked();
    /** @type {Element|null} */
    this.opener = null;
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.back();
    });
  }

  close() {
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  /** Close, and go back to the cell that it was opened from. */
  back() {
    this.close();
    if (this.opener instanceof HTMLElement) this.opener.focus();
  }

  /**
   * @param {{city: Head, country: Head, measure: string}} cell
   * @param {URLSearchParams} query the filters of the page
   */
  async open({ city, country, measure }, query) {
    this.opener = document.activeElement;
    for (const [name, value] of Object.entries({ city: city.id, country: country.id, measure })) query.set(name, value);
    const data = await this.asked.get(`/explore/matrix/cell?${query}`).catch(() => ({ lines: [] }));
    if (!data) return;
    const title = element("h2", "", `${city.name} – ${country.name} `);
    title.append(element("span", "n", String(data.lines.length)));
    title.tabIndex = -1;
    const shut = element("button", "plain", this.words.close);
    shut.setAttribute("type", "button");
    shut.addEventListener("click", () => this.back());
    const list = element("ul", "");
    list.append(...data.lines.map((/** @type {Line} */ line) => this.line(city, line)));
    this.root.replaceChildren(title, shut, list);
    this.root.hidden = false;
    title.focus({ preventScroll: true });
    this.root.scrollIntoView({ block: "nearest" });
  }

  /**
   * @param {Head} city
   * @param {Line} line
   */
  line(city, line) {
    const made = element("li", "");
    const name = element("p", "said");
    name.append(element("strong", "", line.name), " ", element("span", "facts", line.facts.join(" · ")), " ");
    if (line.open) name.append(this.toGraph(city, line));
    made.append(name, ...line.cited.map((cited) => this.cite(cited)));
    return made;
  }

  /**
   * @param {Head} city
   * @param {Line} line
   */
  toGraph(city, line) {
    const button = element("button", "plain", this.words.to_graph);
    button.setAttribute("type", "button");
    button.setAttribute("aria-label", `${line.name}: ${this.words.to_graph}`);
    button.addEventListener("click", () => {
      const [center, path] = [city.id, line.open || ""];
      set({ center, path, selected: path, opened: [], dismissed: [], view: "graph" });
    });
    return button;
  }

  /** @param {{parts: string[], url: string|null}} cited */
  cite({ parts, url }) {
    const made = element("cite", "cite", parts.join(" · "));
    const href = safeLink(url);
    if (href) {
      const link = element("a", "original", " ↗");
      link.setAttribute("href", href);
      link.setAttribute("rel", "noopener noreferrer");
      link.setAttribute("aria-label", parts.join(" · "));
      made.append(link);
    }
    return made;
  }
}
