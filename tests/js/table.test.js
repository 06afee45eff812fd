import assert from "node:assert/strict";
import test from "node:test";

import { comparison, holds } from "../../visualize/static/table.js";

const row = (...texts) => ({ cells: texts.map((textContent) => ({ textContent })) });

test("rows are found by what they say, composed or decomposed, whatever the case", () => {
  const { cells } = row("  반둥 ", "도시", "3", "4", "2008");
  for (const text of ["", "반둥", "반둥".normalize("NFD"), " 2008"]) assert.ok(holds(cells, text), text);
  assert.ok(!holds(cells, "수원"));
  assert.ok(holds(row("Bandung").cells, "bANd"));
});

test("numbers sort as numbers, in both ways", () => {
  const rows = ["9", "1,200", "30"].map((text) => row(text));
  const sorted = (down) => [...rows].sort(comparison(0, true, down)).map((one) => one.cells[0].textContent);
  assert.deepEqual(sorted(true), ["9", "30", "1,200"]);
  assert.deepEqual(sorted(false), ["1,200", "30", "9"]);
});
