/** The cities of the map as buttons over it, one of them the tab stop, with their names. */
import { STRONG, placeLabels } from "./maplabels.js";

/** @typedef {import("./mapview.js").City} City */

export class Dots {
  /** @param {(city: City) => void} press */
  constructor(press) {
    this.root = document.createElement("div");
    this.root.className = "map-cities";
    this.rungs = document.createElement("div");
    this.rungs.setAttribute("aria-hidden", "true");
    this.press = press;
    /** @type {City[]} */
    this.cities = [];
    /** @type {Map<string, HTMLButtonElement>} */
    this.buttons = new Map();
    /** @type {Map<string, import("./maplabels.js").Box>} where the names stand, by id */
    this.boxes = new Map();
  }

  /** @param {City[]} cities */
  make(cities) {
    const held = [...this.buttons].find(([, button]) => button === document.activeElement)?.[0];
    this.cities = cities;
    this.buttons = new Map(cities.map((city, index) => [city.id, this.button(city, index)]));
    this.root.replaceChildren(this.rungs, ...this.buttons.values());
    this.buttons.get(held || "")?.focus({ preventScroll: true });
  }

  /**
   * @param {City} city
   * @param {number} index
   */
  button(city, index) {
    const button = dot(city);
    button.tabIndex = index ? -1 : 0;
    button.append(nameOf(city));
    button.addEventListener("click", () => this.press(city));
    button.addEventListener("focus", () => {
      for (const one of this.buttons.values()) one.tabIndex = one === button ? 0 : -1;
    });
    return button;
  }

  /** @param {string|undefined} chosen */
  mark(chosen) {
    for (const [id, button] of this.buttons) button.setAttribute("aria-pressed", String(id === chosen));
  }

  /**
   * Put buttons and names where the map now has their places.
   *
   * @param {(at: [number, number]) => [number, number]|null} where
   * @param {number} width
   * @param {number} height
   * @param {string|undefined} chosen
   */
  place(where, width, height, chosen) {
    const dots = this.cities.flatMap((city) => {
      const [spot, button] = [where(city.at), this.buttons.get(city.id)];
      if (button) button.hidden = !spot;
      if (!spot || !button) return [];
      button.style.transform = `translate(${spot[0].toFixed(1)}px, ${spot[1].toFixed(1)}px)`;
      const rank = Number(city.id === chosen) * 2 * STRONG + Number(city.chief) * STRONG + city.holds.length;
      return [{ id: city.id, text: city.name, x: spot[0], y: spot[1], rank }];
    });
    this.boxes = placeLabels(dots, { width, height }, buttonsOver(this.root));
    for (const [id, button] of this.buttons) {
      stand(/** @type {HTMLElement} */ (button.firstElementChild), this.boxes.get(id));
    }
  }

  /** @param {{text: string, x: number, y: number}[]} rungs what to write where */
  measure(rungs) {
    this.rungs.replaceChildren(
      ...rungs.map(({ text, x, y }) => {
        const made = document.createElement("span");
        made.className = "map-rung";
        made.textContent = text;
        made.style.left = `${x}px`;
        made.style.top = `${y}px`;
        return made;
      }),
    );
  }
}

/** @param {HTMLElement} root @returns {import("./maplabels.js").Box[]} where the zoom buttons are */
function buttonsOver(root) {
  const group = /** @type {HTMLElement|null} */ (root.parentElement?.querySelector(".zoom"));
  if (!group) return [];
  const { offsetLeft: left, offsetTop: top, offsetWidth, offsetHeight } = group;
  return [{ left, top, right: left + offsetWidth, bottom: top + offsetHeight, dx: 0, dy: 0 }];
}

/** @param {City} city @returns {HTMLButtonElement} */
export function dot(city) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = city.chief ? "map-city chief" : "map-city";
  button.setAttribute("aria-label", city.said);
  return button;
}

/** @param {City} city @returns {HTMLElement} */
export function nameOf(city) {
  const name = document.createElement("span");
  name.className = "map-name";
  name.textContent = city.name;
  return name;
}

/**
 * @param {HTMLElement} name
 * @param {import("./maplabels.js").Box|undefined} box where it stands; hidden without
 */
export function stand(name, box) {
  name.hidden = !box;
  if (!box) return;
  name.style.left = `${box.dx}px`;
  name.style.top = `${box.dy}px`;
}
