/** The ground of a cell by its number, and an ink that can be read on it: pure. */

/** @typedef {[number, number, number]} Colour */

/** @type {Record<"light"|"dark", [Colour, Colour]>} from few to many */
const GROUNDS = {
  light: [
    [226, 236, 249],
    [23, 78, 166],
  ],
  dark: [
    [30, 46, 70],
    [139, 188, 255],
  ],
};
/** Where nothing is above this, the darkest ground is not used: one is not many. */
const FEW = 4;
/** Black and white: one of the two is at 4.5:1 or more on any ground. @type {Colour[]} */
const INKS = [
  [0, 0, 0],
  [255, 255, 255],
];

/** @param {Colour} colour @returns {number} relative luminance, as WCAG 2 has it */
export function luminance(colour) {
  const [red, green, blue] = colour.map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {Colour} one @param {Colour} other */
export function contrast(one, other) {
  const [less, more] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (more + 0.05) / (less + 0.05);
}

/**
 * @param {number} n
 * @param {number} most the largest number on the page
 * @param {boolean} dark
 * @returns {{ground: Colour, ink: Colour}}
 */
export function shade(n, most, dark) {
  const part = Math.sqrt(n / Math.max(most, FEW));
  const [from, to] = GROUNDS[dark ? "dark" : "light"];
  const ground = /** @type {Colour} */ (from.map((c, i) => Math.round(c + part * (to[i] - c))));
  const [ink] = [...INKS].sort((a, b) => contrast(ground, b) - contrast(ground, a));
  return { ground, ink };
}

/** @param {Colour} colour */
export function css(colour) {
  return `rgb(${colour.join(" ")})`;
}
