/** Korea at a larger scale, beside the map and never over it. */
import { inKorea, korea, koreaProjection } from "./atlas.js";
import { dot, nameOf, stand } from "./mapdots.js";
import { placeLabels } from "./maplabels.js";
import { drawn } from "./mapview.js";
import { geoPath } from "./vendor/d3-geo.min.js";

const [WIDTH, HEIGHT] = [180, 236];
const LEAST = 2;

/**
 * Draw the cities of the scene that lie in Korea; hidden unless there are several.
 *
 * @param {HTMLElement} inset
 * @param {import("./mapview.js").City[]} cities
 * @param {string|undefined} chosen
 * @param {(id: string) => void} choose
 */
export function showKorea(inset, cities, chosen, choose) {
  const here = cities.filter((city) => inKorea(city.at));
  inset.hidden = here.length < LEAST;
  const stage = inset.querySelector(".inset-stage");
  if (inset.hidden || !stage) return;
  const projection = koreaProjection(WIDTH, HEIGHT);
  const svg = drawn("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true", focusable: "false" });
  svg.append(drawn("path", { d: geoPath(projection)(korea()) || "", class: "map-land" }));
  const dots = here.map((city) => {
    const [x, y] = projection(city.at);
    return { id: city.id, text: city.name, x, y, rank: Number(city.id === chosen) * 100 + Number(city.chief) * 50 + city.holds.length };
  });
  const boxes = placeLabels(dots, { width: WIDTH, height: HEIGHT });
  const buttons = here.map((city, index) => {
    const [button, name] = [dot(city), nameOf(city)];
    button.setAttribute("aria-pressed", String(city.id === chosen));
    button.style.transform = `translate(${dots[index].x}px, ${dots[index].y}px)`;
    button.addEventListener("click", () => choose(city.id));
    stand(name, boxes.get(city.id));
    button.append(name);
    return button;
  });
  stage.replaceChildren(svg, ...buttons);
}
