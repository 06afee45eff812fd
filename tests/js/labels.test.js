import assert from "node:assert/strict";
import test from "node:test";

import { paintLabels } from "../../visualize/static/labels.js";

/** A canvas that measures each letter as eight pixels and keeps what is written on it. */
function canvas() {
  const written = [];
  return {
    written,
    measureText: (text) => ({ width: 8 * [...text].length }),
    strokeText: () => {},
    fillText: (text) => written.push(text),
  };
}

/** Numbers that look like chance and are the same each time. */
function chance(seed) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function nodes(count, seed) {
  const next = chance(seed);
  return Array.from({ length: count }, (_, index) => ({
    id: `city:${index}`,
    text: "수원시 국제자매도시".slice(0, 1 + Math.floor(next() * 9)),
    x: next() * 1000,
    y: next() * 700,
    radius: 4 + next() * 12,
    rank: next(),
    strong: false,
    faint: false,
  }));
}

const ROOM = { width: 1000, height: 700 };
const COLOURS = { ink: "#000", halo: "#fff", font: "sans-serif" };

const apart = (one, two) =>
  one.right <= two.left || two.right <= one.left || one.bottom <= two.top || two.bottom <= one.top;

test("no label stands on another, however many there are", () => {
  for (const count of [2, 10, 25, 80, 300]) {
    const placed = [...paintLabels(canvas(), nodes(count, count + 7), ROOM, COLOURS, []).values()];
    assert.ok(placed.length > 0);
    placed.forEach((one, index) => {
      for (const two of placed.slice(index + 1)) assert.ok(apart(one, two));
    });
  }
});

test("no label stands where none may, nor outside", () => {
  const taken = [{ left: 0, top: 0, right: 400, bottom: 700 }];
  for (const box of paintLabels(canvas(), nodes(60, 3), ROOM, COLOURS, taken).values()) {
    assert.ok(apart(box, taken[0]));
    assert.ok(box.left >= 0 && box.right <= ROOM.width && box.top >= 0 && box.bottom <= ROOM.height);
  }
});

test("who matters more is placed first", () => {
  const [one, two] = nodes(2, 5).map((node) => ({ ...node, x: 500, y: 350, radius: 300 }));
  const spots = paintLabels(canvas(), [one, { ...two, rank: 9 }], ROOM, COLOURS, []);
  assert.equal([...spots.keys()][0], two.id);
});

test("a long name is broken into at most three lines, the last cut", () => {
  const context = canvas();
  const [node] = nodes(1, 2);
  paintLabels(context, [{ ...node, x: 500, y: 350, text: "대한민국 ".repeat(30) }], ROOM, COLOURS, []);
  assert.equal(context.written.length, 3);
  assert.ok(context.written[2].endsWith("…"));
});
