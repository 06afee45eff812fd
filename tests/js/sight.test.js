import assert from "node:assert/strict";
import test from "node:test";

import { bends, via } from "../../visualize/static/bends.js";
import { Sight } from "../../visualize/static/sight.js";

const body = (id, x, y, radius = 10) => ({ id, x, y, radius });

/** How near a line comes to a spot, measured at many points of it. */
function gap(smooth, from, to, spot) {
  const over = smooth.enabled ? via(from, to, smooth) : { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  let least = Infinity;
  for (let t = 0; t <= 1; t += 0.001) {
    const s = 1 - t;
    const x = s * s * from.x + 2 * s * t * over.x + t * t * to.x;
    const y = s * s * from.y + 2 * s * t * over.y + t * t * to.y;
    least = Math.min(least, Math.hypot(x - spot.x, y - spot.y));
  }
  return least;
}

test("a line goes around a third mark, and is left alone where nothing is in its way", () => {
  const [one, two, third, aside] = [body("a", 0, 0), body("b", 300, 0), body("c", 150, 3), body("d", 150, 80)];
  const edges = [{ id: "ab", from: "a", to: "b", smooth: { enabled: false } }];
  assert.deepEqual(bends(edges, [one, two, aside]).get("ab"), { enabled: false });
  const bent = bends(edges, [one, two, third, aside]).get("ab");
  assert.ok(bent.enabled);
  assert.ok(gap(bent, one, two, third) > third.radius);
  assert.ok(gap(bent, one, two, aside) > aside.radius);
});

test("in many crowded pictures no line is worse than it was, and most are free", () => {
  let state = 7;
  const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const bodies = Array.from({ length: 40 }, (_, n) => body(`n${n}`, next() * 1000, next() * 700));
  const edges = Array.from({ length: 60 }, (_, n) => ({ id: `e${n}`, from: `n${n % 40}`, to: `n${(n * 7 + 3) % 40}` }));
  const found = bends(edges, bodies);
  const at = new Map(bodies.map((one) => [one.id, one]));
  const hit = (smooth, edge) =>
    bodies.some((one) => one.id !== edge.from && one.id !== edge.to && gap(smooth, at.get(edge.from), at.get(edge.to), one) < one.radius);
  const before = edges.filter((edge) => hit({ enabled: false }, edge)).length;
  const after = edges.filter((edge) => hit(found.get(edge.id), edge)).length;
  assert.ok(before > 20, String(before));
  assert.ok(after < before / 4, `${after} of ${before}`);
});

function sight() {
  const node = (id, kind, x = 1) => ({ id, kind, x, y: 0 });
  const edge = (from, to, spans) => ({ id: `${from}-${to}`, from, to, kind: "K", count: spans.length, spans });
  return new Sight({
    nodes: [node("m", "City", 0), node("a", "Mission"), node("f", "Firm"), node("s", "City")],
    edges: [edge("m", "a", [[2008, 2009]]), edge("a", "f", [[2008, 2009], null]), edge("m", "s", [[1990, 1990], [2001, 2001]])],
  });
}

const ids = (one) => one.shown().map(({ id }) => id);

test("years hide what is not of them and what hung on it; the centre stays", () => {
  const one = sight();
  one.within({ from: 2000, to: 2005 });
  assert.deepEqual(ids(one), ["m", "s"]);
  assert.equal(one.countOf(one.edgesById.get("m-s")), 1);
  assert.deepEqual([0, 1].map((at) => one.says(one.edgesById.get("m-s"), at)), [false, true]);
  one.within({ from: 2009, to: Infinity });
  assert.deepEqual(ids(one), ["m", "a", "f"]);
  one.within({ from: -Infinity });
  assert.deepEqual(ids(one), ["m", "a", "f", "s"]);
});

test("a hidden kind takes with it what hung on it alone, never the centre", () => {
  const one = sight();
  one.hide("node", "Mission", true);
  assert.deepEqual(ids(one), ["m", "s"]);
  one.hide("node", "City", true);
  assert.deepEqual(ids(one), ["m"]);
});
