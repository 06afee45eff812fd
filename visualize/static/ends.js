/** The two ends of a path: names are looked up while they are typed, ids are what is sent. */

const WAIT = 180;
const MOST = 8;
/** @type {Map<string, string>} */
const ids = new Map();
/** @type {ReturnType<typeof setTimeout>|undefined} */
let later;

export function wireEnds() {
  document.addEventListener("input", (event) => {
    const box = /** @type {HTMLInputElement} */ (event.target);
    if (!box.closest(".path-form") || /** @type {InputEvent} */ (event).isComposing) return;
    box.dataset.id = ids.get(box.value) || "";
    clearTimeout(later);
    if (box.value.trim() && !box.dataset.id) later = setTimeout(() => suggest(box.value), WAIT);
  });
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches(".path-form")) return;
    for (const box of form.querySelectorAll("input")) {
      if (box.dataset.id) box.value = box.dataset.id;
    }
  });
}

/** @param {string} text */
async function suggest(text) {
  const list = document.getElementById("found");
  const answer = await fetch(`/v1/search?${new URLSearchParams({ q: text, limit: String(MOST) })}`);
  if (!list || !answer.ok) return;
  const { results } = await answer.json();
  const { lang } = document.documentElement;
  list.replaceChildren(
    ...results.map((/** @type {any} */ { entity }) => {
      const name = entity.names[lang] || entity.name;
      const told = ids.has(name) && ids.get(name) !== entity.id ? `${name} (${entity.country || entity.kind})` : name;
      ids.set(told, entity.id);
      const option = document.createElement("option");
      option.value = told;
      return option;
    }),
  );
}
