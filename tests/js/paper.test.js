import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { via } from "../../visualize/static/bends.js";
import { legendRows, shrunk } from "../../visualize/static/mapdrawing.js";
import { Paper, escaped, fontOf } from "../../visualize/static/paper.js";

const PAYLOADS = readFileSync(new URL("../data/xss.txt", import.meta.url), "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line));

const paper = () => new Paper(100, 50, (text) => 8 * text.length);

test("no text can become a tag, an attribute or broken XML", () => {
  assert.ok(PAYLOADS.length >= 100);
  const allowed = /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^<>]*><title>[^<>]*<\/title>\n<text [^<>]*>[^<>]*<\/text>\n<\/svg>\n$/;
  for (const text of PAYLOADS) {
    const sheet = paper();
    sheet.font = `600 11px ${text}`;
    sheet.fillStyle = text;
    sheet.fillText(text, 1, 2);
    assert.match(sheet.svg(text), allowed, text);
  }
});

test("what XML cannot hold is replaced", () => {
  assert.equal(escaped("a\u0000b\u001fc\ud800d\ufffe"), "a\ufffdb\ufffdc\ufffdd\ufffd");
  assert.equal(escaped("수원 😀\n"), "수원 😀\n");
});

test("a font is read as a canvas writes it", () => {
  assert.deepEqual(fontOf('600 11px "Noto Sans KR",\n   sans-serif'), {
    family: '"Noto Sans KR", sans-serif',
    size: 11,
    weight: "600",
  });
  assert.equal(fontOf("nonsense").size, 12);
});

test("shapes, strokes and faintness are kept", () => {
  const sheet = paper();
  sheet.globalAlpha = 0.25;
  sheet.setLineDash([7, 5]);
  sheet.beginPath();
  sheet.moveTo(0, 0);
  sheet.quadraticCurveTo(1, 2, 3, 4.567);
  sheet.stroke();
  assert.deepEqual(sheet.parts, [
    '<path d="M0 0Q1 2 3 4.57" fill="none" stroke="#000" stroke-width="1" stroke-dasharray="7 5" opacity="0.25"/>',
  ]);
});

test("a bent line bends to its own side, as far at either end", () => {
  for (const [x, y] of [[100, 0], [0, 100], [-60, 80], [30, -40]]) {
    const [from, to] = [{ x: 0, y: 0 }, { x, y }];
    const one = via(from, to, { type: "curvedCW", roundness: 0.2 });
    const two = via(from, to, { type: "curvedCCW", roundness: 0.2 });
    for (const bend of [one, two]) {
      const ends = [from, to].map((end) => Math.hypot(bend.x - end.x, bend.y - end.y));
      assert.ok(Math.abs(ends[0] - 0.6 * Math.hypot(x, y)) < 1e-9);
      assert.ok(ends[1] < 0.7 * Math.hypot(x, y), String(ends));
    }
    const side = (/** @type {{x: number, y: number}} */ at) => Math.sign(x * at.y - y * at.x);
    assert.equal(side(one), -side(two));
  }
});

test("a line that is drawn larger is drawn with a thinner pen", () => {
  assert.equal(shrunk("2px, 4px", 2), "1, 2");
  assert.equal(shrunk("1.5px", 0.5), "3");
  assert.equal(shrunk("none", 2), "none");
});

test("the legend is no wider than the picture, and has every word once", () => {
  const looks = Array.from({ length: 9 }, (_, n) => ({ colour: "#000", dashes: [], width: 1, word: "x".repeat(4 * n) }));
  const rows = legendRows(looks, 200, (text) => text.length);
  assert.deepEqual(rows.flat().map(({ look }) => look), looks);
  assert.ok(rows.length > 1);
  for (const { look, x } of rows.flat()) assert.ok(x + 34 + look.word.length <= 200);
  assert.deepEqual(legendRows([], 200, () => 1), []);
});
