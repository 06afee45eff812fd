import assert from "node:assert/strict";
import test from "node:test";

import { safeLink } from "../../visualize/static/data.js";

test("own pages and the web are linked to", () => {
  const good = ["/view?center=city%3AQ1", "/", "https://example.org/a", "HTTP://example.org"];
  for (const address of good) assert.equal(safeLink(address), address);
});

test("nothing else is", () => {
  const bad = [null, "", "//example.org", "/\\example.org", "javascript:alert(1)", "data:text/html,x"];
  bad.push(" https://example.org", "view", "java\nscript:alert(1)", "mailto:a@example.org");
  for (const address of bad) assert.equal(safeLink(address), null, String(address));
});
