/**
 * Names and questions offered under a box while one types: a combobox with a list.
 *
 * Hangul is asked for while a syllable is still being composed, and the keys of the list are
 * silent meanwhile.
 */

/** @typedef {{kind: string, name: string, note: string, url: string, id: string}} Offer */

const WAIT = 120;

export class Offers {
  /**
   * @param {HTMLInputElement} box
   * @param {HTMLElement} list
   * @param {HTMLElement} told where the number of offers is said
   * @param {HTMLTemplateElement} marks the mark of each kind
   * @param {(offer: Offer) => void} choose what is done with the one that is chosen
   * @param {(offer: Offer) => boolean} [fits] which ones are offered; without it all
   */
  constructor(box, list, told, marks, choose, fits = () => true) {
    this.box = box;
    this.list = list;
    this.told = told;
    this.marks = marks;
    this.choose = choose;
    this.fits = fits;
    /** @type {Offer[]} */
    this.offers = [];
    this.at = -1;
    this.timer = 0;
    /** @type {AbortController|null} */
    this.pending = null;
  }

  listen() {
    this.box.setAttribute("role", "combobox");
    this.box.setAttribute("aria-autocomplete", "list");
    this.box.setAttribute("aria-controls", this.list.id);
    this.box.setAttribute("aria-expanded", "false");
    this.box.addEventListener("input", () => this.later());
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("blur", ({ relatedTarget }) => {
      const sends = relatedTarget instanceof HTMLButtonElement && relatedTarget.form === this.box.form;
      if (!sends) window.setTimeout(() => this.close(), 150); // else the button would move away under the press
    });
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  later() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), WAIT);
  }

  async ask() {
    this.pending?.abort();
    const typed = this.box.value.trim();
    if (!typed) {
      this.close();
      return;
    }
    const mine = new AbortController();
    this.pending = mine;
    const query = new URLSearchParams({ q: typed, lang: document.documentElement.lang });
    try {
      const answer = await fetch(`/suggest?${query}`, { signal: mine.signal });
      if (answer.ok && document.activeElement === this.box) this.show((await answer.json()).offers);
    } catch {
      if (!mine.signal.aborted) this.close();
    }
  }

  /** @param {Offer[]} given */
  show(given) {
    const offers = given.filter(this.fits);
    this.offers = offers;
    this.list.replaceChildren(...offers.map((offer, index) => this.line(offer, index)));
    this.at = -1;
    this.list.hidden = offers.length === 0;
    this.box.setAttribute("aria-expanded", String(offers.length > 0));
    this.box.removeAttribute("aria-activedescendant");
    this.told.textContent = (this.told.dataset.found ?? "").replace("{n}", String(offers.length));
  }

  /**
   * @param {Offer} offer
   * @param {number} index
   */
  line(offer, index) {
    const line = document.createElement("li");
    line.id = `${this.list.id}-${index}`;
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    const mark = this.markOf(offer.kind);
    if (mark) line.append(mark);
    line.append(textIn("span", "offer-name", offer.name), textIn("span", "facts", offer.note));
    line.addEventListener("click", () => this.go(index));
    return line;
  }

  /** @param {string} kind */
  markOf(kind) {
    const all = [...this.marks.content.querySelectorAll("[data-kind]")];
    const found = all.find((one) => one.getAttribute("data-kind") === kind);
    return found ? found.cloneNode(true) : null;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (this.list.hidden) return;
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.at >= 0) {
      event.preventDefault();
      this.go(this.at);
    }
  }

  /** @param {number} step */
  move(step) {
    const lines = [...this.list.children];
    const places = lines.length + 1;
    this.at = ((this.at + 1 + step + places) % places) - 1;
    lines.forEach((line, index) => line.setAttribute("aria-selected", String(index === this.at)));
    const line = lines[this.at];
    if (line) {
      this.box.setAttribute("aria-activedescendant", line.id);
      line.scrollIntoView({ block: "nearest" });
    } else {
      this.box.removeAttribute("aria-activedescendant");
    }
  }

  /** @param {number} index */
  go(index) {
    const offer = this.offers[index];
    if (!offer) return;
    this.close();
    this.choose(offer);
  }

  close() {
    this.pending?.abort();
    this.list.hidden = true;
    this.at = -1;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }
}

/**
 * @param {string} tag
 * @param {string} name
 * @param {string} text
 */
function textIn(tag, name, text) {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}
