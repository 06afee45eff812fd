import assert from "node:assert/strict";
import test from "node:test";

import { along, fitted, inKorea, korea, land, middleOf, worldProjection, zoomed } from "../../visualize/static/atlas.js";
import { placeLabels, touch } from "../../visualize/static/maplabels.js";
import { contrast, shade } from "../../visualize/static/shade.js";

const SUWON = [127.01, 37.27];
const PLACES = [
  [-99.66, 19.29],
  [-46.63, -23.55],
  [2.15, 41.38],
  [170.5, -45.87],
  [107.6, -6.9],
  [-0.1, 51.5],
  [-73.9, 40.7],
];

/** Numbers that look like chance and are the same each time. */
function chance(seed) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

test("the land has all continents and no south pole", () => {
  const rings = land().coordinates.map(([ring]) => ring);
  const holds = (longitude, latitude) =>
    rings.some((ring) => {
      let inside = false;
      ring.forEach(([x, y], at) => {
        const [a, b] = ring[(at + 1) % ring.length];
        if (y > latitude !== b > latitude && longitude < ((a - x) * (latitude - y)) / (b - y) + x) inside = !inside;
      });
      return inside;
    });
  for (const [longitude, latitude] of [[127.5, 37], [-100, 40], [-60, -10], [20, 0], [10, 50], [135, -25]]) {
    assert.ok(holds(longitude, latitude), `${longitude} ${latitude}`);
  }
  assert.ok(!holds(-150, 30));
  assert.ok(rings.every((ring) => Math.max(...ring.map(([, latitude]) => latitude)) > -58));
});

test("the Korean coast is finer than that of the world and reaches beyond the inset", () => {
  const near = (shape) => shape.coordinates.flat(2).filter((point) => inKorea(point)).length;
  assert.ok(near(korea()) > 8 * near(land()), `${near(korea())} against ${near(land())}`);
});

test("no line from the middle city crosses the edge of the map", () => {
  const routes = PLACES.map((end) => ({ start: SUWON, end }));
  const { middle, cut } = middleOf(routes, SUWON[0]);
  assert.equal(cut, 0);
  const project = worldProjection(1000, 500, middle);
  for (const route of routes) {
    const xs = along(route, 90).map((point) => project(point)[0]);
    const widest = Math.max(...xs.slice(1).map((x, at) => Math.abs(x - xs[at])));
    assert.ok(widest < 100, `a step of ${widest}`);
  }
});

test("the edge moves away from lines that it would cut", () => {
  const pacific = [{ start: [140, 35], end: [-122, 37] }];
  assert.equal(middleOf(pacific, 0).cut, 0);
  assert.ok(Math.abs(middleOf(pacific, 0).middle) > 30);
  const around = [0, 60, 120, 180, -120, -60].map((x) => ({ start: [x, 0], end: [x + 70, 0] }));
  assert.ok(middleOf(around, 0).cut >= 1);
});

test("all that is fitted is in view, and zooming keeps the point under the pointer", () => {
  const points = [[10, 20], [400, 300], [250, 90]];
  const { k, x, y } = fitted(points, 800, 500, 50);
  for (const [px, py] of points) {
    assert.ok(k * px + x >= 49.9 && k * px + x <= 750.1);
    assert.ok(k * py + y >= 49.9 && k * py + y <= 450.1);
  }
  const shift = zoomed({ k, x, y }, 1.7, [333, 222]);
  const before = [(333 - x) / k, (222 - y) / k];
  assert.ok(Math.abs((333 - shift.x) / shift.k - before[0]) < 1e-9);
  assert.ok(Math.abs((222 - shift.y) / shift.k - before[1]) < 1e-9);
});

test("names never touch, and up to 25 all have their place", () => {
  for (const [count, seed] of [[25, 3], [25, 8], [12, 5], [150, 7]]) {
    const next = chance(seed);
    const dots = Array.from({ length: count }, (_, at) => ({
      id: `city:${at}`,
      text: "가".repeat(2 + Math.floor(next() * 4)),
      x: 60 + next() * 880,
      y: 40 + next() * 420,
      rank: next(),
    }));
    const boxes = [...placeLabels(dots, { width: 1000, height: 500 }, [], (text) => 14 * text.length).values()];
    boxes.forEach((one, at) => boxes.slice(at + 1).forEach((other) => assert.ok(!touch(one, other))));
    if (count <= 25) assert.equal(boxes.length, count);
  }
});

test("every number can be read on its ground", () => {
  for (const dark of [false, true]) {
    for (const most of [1, 2, 9, 40, 400]) {
      for (let n = 1; n <= most; n++) {
        const { ground, ink } = shade(n, most, dark);
        assert.ok(contrast(ground, ink) >= 4.5, `${n} of ${most}: ${contrast(ground, ink)}`);
      }
    }
  }
});
