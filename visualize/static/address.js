/**
 * The state of a scene and its address, as `visualize/scene.py` has them: pure, no document.
 *
 * @typedef {"graph"|"map"|"matrix"|"table"} View
 * @typedef {{node: string, kind: string, count: number}} Opening
 * @typedef {{center: string, opened: Opening[], path: string, dismissed: string[],
 *   hidden: string[], without: string[], from: string, to: string, undated: boolean,
 *   apart: boolean, selected: string, steps: number, size: string, show: string[], view: View, lang: string}} State
 */

export const STEP = 12;
/** @type {View[]} */
export const VIEWS = ["graph", "map", "matrix", "table"];
const KINDS = ["City", "Organization", "Mission", "Event", "Programme", "Firm", "Deal", "Country"];
const RELATIONS = [
  "SISTER_CITY", "FRIENDSHIP_CITY", "EXCHANGE_CITY", "TWINNED", "AGREEMENT", "CREDITS", "HOSTED",
  "VISITED", "SENT", "RUNS", "SOLD", "BOUGHT", "PARTICIPATED_IN", "MADE_AT", "IN_PLACE",
  "PART_OF_DEAL", "SAME_DEAL_AS", "LOCATED_IN",
];

/** @param {string} search what follows the `?` @returns {State} */
export function parse(search) {
  const query = new URLSearchParams(search);
  const one = (/** @type {string} */ name) => query.get(name) || "";
  const view = /** @type {View} */ (one("as"));
  return {
    center: one("center"),
    opened: query.getAll("open").map((text) => {
      const [node, kind, count] = text.split("~");
      return { node, kind, count: Number(count) };
    }),
    path: one("path"),
    dismissed: query.getAll("off"),
    hidden: query.getAll("hide"),
    without: query.getAll("without"),
    from: one("from"),
    to: one("to"),
    undated: one("undated") !== "no",
    apart: one("deals") === "apart",
    selected: one("sel"),
    steps: one("steps") === "2" ? 2 : 1,
    size: one("size"),
    show: one("show") ? one("show").split("~") : [],
    view: VIEWS.includes(view) ? view : "graph",
    lang: one("lang"),
  };
}

/** @param {State} state @returns {string} its address, the parts in a fixed order */
export function address(state) {
  const pairs = [["center", state.center]];
  for (const { node, kind, count } of state.opened) pairs.push(["open", `${node}~${kind}~${count}`]);
  if (state.path) pairs.push(["path", state.path]);
  for (const id of [...state.dismissed].sort()) pairs.push(["off", id]);
  for (const kind of KINDS.filter((one) => state.hidden.includes(one))) pairs.push(["hide", kind]);
  for (const kind of [...state.without].sort()) pairs.push(["without", kind]);
  if (state.from) pairs.push(["from", state.from]);
  if (state.to) pairs.push(["to", state.to]);
  if (!state.undated) pairs.push(["undated", "no"]);
  if (state.apart) pairs.push(["deals", "apart"]);
  if (state.selected) pairs.push(["sel", state.selected]);
  if (state.steps === 2) pairs.push(["steps", "2"]);
  if (state.size) pairs.push(["size", state.size]);
  if (state.show.length) pairs.push(["show", state.show.join("~")]);
  if (state.view !== "graph") pairs.push(["as", state.view]);
  if (state.lang) pairs.push(["lang", state.lang]);
  return `/view?${String(new URLSearchParams(pairs)).replaceAll("%7E", "~")}`;
}

/** @param {State} state @returns {string} what the server makes of it: the list only for the table */
export function sceneOf(state) {
  const view = state.view === "table" ? "table" : "graph";
  return address({ ...state, selected: "", steps: 1, show: [], view });
}

/** @param {string[]} list @param {string} one */
function toggled(list, one) {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
}

/** @param {State} state @param {string} node @param {string} kind */
export function countOf(state, node, kind) {
  const given = state.opened.find((one) => one.node === node && one.kind === kind);
  return given ? given.count : node === state.center ? STEP : 0;
}

/**
 * @param {State} state
 * @param {string} node
 * @param {string} kind
 * @param {number} count how many of the kind are open at the node
 * @returns {State}
 */
export function opening(state, node, kind, count) {
  const usual = node === state.center ? STEP : 0;
  const same = (/** @type {Opening} */ one) => one.node === node && one.kind === kind;
  const at = state.opened.findIndex(same);
  const opened = state.opened.filter((one) => !same(one));
  if (count !== usual) opened.splice(at < 0 ? opened.length : at, 0, { node, kind, count });
  return { ...state, opened };
}

/** What a press on a control does: from a state and the control's data to another state.
 * @type {Record<string, (state: State, data: Record<string, string|undefined>) => State>} */
export const ACTIONS = {
  view: (state, { view }) => ({ ...state, view: /** @type {View} */ (view) }),
  select: (state, { node }) => ({ ...state, selected: node || "" }),
  kind: (state, { kind = "" }) => ({ ...state, hidden: toggled(state.hidden, kind) }),
  relation: (state, { kind = "" }) => ({ ...state, without: toggled(state.without, kind) }),
  "only-kind": (state, { kind }) => ({ ...state, hidden: KINDS.filter((one) => one !== kind) }),
  "only-relation": (state, { kind }) => ({ ...state, without: RELATIONS.filter((one) => one !== kind) }),
  deals: (state) => ({ ...state, apart: !state.apart }),
  size: (state, { size = "" }) => ({ ...state, size }),
  steps: (state, { steps }) => ({ ...state, steps: steps === "2" ? 2 : 1 }),
  undated: (state) => ({ ...state, undated: !state.undated }),
  "all-years": (state) => ({ ...state, from: "", to: "", undated: true }),
  years: (state, { from = "", to = "" }) => ({ ...state, from, to }),
  clear: (state) => ({ ...state, hidden: [], without: [], dismissed: [], from: "", to: "", undated: true }),
  recall: (state) => ({ ...state, dismissed: [] }),
  dismiss: (state, { node = "" }) => ({
    ...state,
    dismissed: [...new Set([...state.dismissed, node])],
    selected: state.selected === node ? "" : state.selected,
  }),
  more: (state, { node = "", kind = "" }) => ({
    ...opening(state, node, kind, countOf(state, node, kind) + STEP),
    selected: node,
  }),
  close: (state, { node = "" }) => {
    const opened = state.opened.filter((one) => one.node !== node);
    const shut = node === state.center ? KINDS.map((kind) => ({ node, kind, count: 0 })) : [];
    return { ...state, opened: [...shut, ...opened] };
  },
  around: (state, { node = "" }) => ({
    ...state,
    center: node,
    opened: [],
    path: "",
    dismissed: [],
    selected: "",
    steps: 1,
  }),
  alone: (state, { node = "" }) => ACTIONS.close(ACTIONS.around(state, { node }), { node }),
  path: (state, { node = "" }) => ({ ...state, path: node }),
  "path-from": (state, { node = "" }) => ({ ...ACTIONS.around(state, { node }), path: state.center }),
  "no-path": (state) => ({ ...state, path: "" }),
};
