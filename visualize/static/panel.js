/** What the panel tells of the selected mark or line; all of it as text. */
import { element, safeLink } from "./data.js";

/** @typedef {import("./data.js").Said} Said */

export class Panel {
  /**
   * @param {HTMLElement} root
   * @param {import("./data.js").PanelData} data
   * @param {import("./scene.js").Scene} scene
   * @param {{node: (id: string|null) => void, line: (id: string) => void}} choose
   */
  constructor(root, data, scene, choose) {
    this.root = root;
    this.scene = scene;
    this.choose = choose;
    this.data = data;
    this.texts = textsOf(data);
    this.lines = linesOf(data);
  }

  /** @param {import("./data.js").PanelData} data the texts of another scene */
  take(data) {
    this.data = data;
    this.texts = textsOf(data);
    this.lines = linesOf(data);
  }

  get words() {
    return this.data.words;
  }

  get patterns() {
    return this.data.patterns || {};
  }

  /** @returns {string[]} the nodes of the path in the scene, none if there is no path */
  get route() {
    return this.data.route || [];
  }

  /** @param {string} id */
  showNode(id) {
    const text = this.texts.get(id);
    if (!text) return;
    const lines = this.scene.linesOf(id);
    const said = this.data.selected
      .replace("{kind}", () => text.kind)
      .replace("{name}", () => text.name)
      .replace("{n}", () => String(lines.length));
    const parts = [
      element("p", "sr", said),
      element("p", "eyebrow", text.kind),
      element("h2", "", text.name),
    ];
    if (text.also.length) parts.push(element("p", "facts", text.also.join(" · ")));
    if (text.neighbours !== undefined) {
      const counts = [fill(this.patterns.neighbours, { n: text.neighbours }), fill(this.patterns.in_view, { n: lines.length })];
      parts.push(element("p", "facts", [...counts, ...(text.worth ? [text.worth] : [])].join(" · ")));
    }
    const actions = element("p", "actions");
    actions.append(...this.link(text.ask, this.words.ask_here, "button"));
    if (text.code) actions.append(...this.actionsOf(id));
    else actions.append(...this.link(text.open, this.words.open, "button quiet"));
    if (actions.childElementCount) parts.push(actions);
    const list = element("div", "panel-lines");
    list.append(...this.byOther(lines, id));
    this.root.replaceChildren(...parts, list, element("p", "hint", this.words.panel_hint));
  }

  /**
   * What can be done at a node of a scene: open a kind of its neighbours, close it, and so on.
   *
   * @param {string} id
   * @returns {HTMLElement[]}
   */
  actionsOf(id) {
    const text = this.texts.get(id);
    if (!text?.code) return [];
    const made = (text.left || []).map(([kind, word, n, left]) => {
      const said = fill(left ? this.patterns.more_left : this.patterns.more, { kind: word, n, left });
      return actor("more", said, { node: id, kind });
    });
    made.push(actor("close", this.words.collapse, { node: id }));
    if (id !== this.scene.center) {
      made.push(actor("around", this.words.open, { node: id }));
      made.push(actor("path", this.words.path_to, { node: id }));
      made.push(actor("path-from", this.words.path_from, { node: id }));
      made.push(actor("dismiss", this.words.dismiss, { node: id }));
    }
    made.push(actor("alone", this.words.alone, { node: id }));
    const page = this.link(text.page || null, this.words.entity, "button quiet");
    return [...made, ...page];
  }

  /** @param {string} id @returns {string} the kind to open next at a node, "" if there is none */
  nextKind(id) {
    return this.texts.get(id)?.left?.[0]?.[0] || "";
  }

  /** @param {number} n @param {number} total @returns {string} how many came, as a sentence */
  came(n, total) {
    return fill(n ? this.patterns.came : this.patterns.shown, { n, total });
  }

  /** @param {string} id */
  showLine(id) {
    const edge = this.scene.edgesById.get(id);
    if (!edge) return;
    const heading = element("h2", "");
    heading.append(this.goTo(edge.from), " – ", this.goTo(edge.to));
    const row = element("div", "panel-line");
    row.append(...this.saidParts(id));
    this.root.replaceChildren(heading, row);
  }

  /**
   * One part for each neighbour, with all lines to it.
   *
   * @param {import("./data.js").GraphEdge[]} lines
   * @param {string} from the node that the panel shows
   * @returns {HTMLElement[]}
   */
  byOther(lines, from) {
    /** @type {Map<string, HTMLElement>} */
    const parts = new Map();
    for (const edge of lines) {
      const other = edge.from === from ? edge.to : edge.from;
      const part = parts.get(other) || element("div", "panel-line");
      if (!parts.has(other)) part.append(this.goTo(other));
      parts.set(other, part);
      part.append(...this.saidParts(edge.id));
    }
    return [...parts.values()];
  }

  /** @param {string} id of a line @returns {HTMLElement[]} */
  saidParts(id) {
    const line = this.lines.get(id);
    if (!line) return [];
    const edge = this.scene.edgesById.get(id);
    const told = line.said.filter((_, at) => !edge || this.scene.says(edge, at));
    const parts = told.flatMap((said) => this.oneSaid(said));
    if (line.years === undefined) return parts;
    const relations = [...new Set(told.map((said) => said.relation))].join(" · ");
    const count = fill(this.patterns.statements, { n: told.length });
    const more = element("details", "");
    const row = element("summary", "");
    row.append(element("span", "rel", relations), ` ${line.years} `, element("span", "facts", count));
    more.append(row, ...parts);
    return [more];
  }

  /** @param {Said} said @returns {HTMLElement[]} */
  oneSaid(said) {
    const first = element("p", "");
    first.append(element("span", "rel", said.relation), " ", element("span", "facts", said.facts.join(" · ")));
    const parts = [first];
    if (said.note) parts.push(element("p", "note", `${this.words.note}: ${said.note}`));
    if (said.quote) parts.push(element("blockquote", "quote", said.quote));
    const cite = element("cite", "cite");
    said.cite.forEach((part, index) => {
      cite.append(index ? "\u00a0· " : "", element("span", index && part.length < 24 ? "whole" : "", part));
    });
    const link = this.link(said.url, "↗", "original");
    if (link.length) {
      link[0].setAttribute("rel", "noopener noreferrer");
      link[0].setAttribute("aria-label", said.cite.join(" · "));
      cite.append(" ", ...link);
    }
    return [...parts, cite];
  }

  /** @param {string} id of a node @returns {HTMLElement} */
  goTo(id) {
    const text = this.texts.get(id);
    const button = element("button", "", text ? text.name : id);
    button.setAttribute("type", "button");
    button.addEventListener("click", () => this.choose.node(id));
    return button;
  }

  /**
   * @param {string|null} address
   * @param {string} text
   * @param {string} className
   * @returns {HTMLElement[]} one link, or none if the address is none or unsafe
   */
  link(address, text, className) {
    const href = safeLink(address);
    if (!href) return [];
    const made = element("a", className, text);
    made.setAttribute("href", href);
    return [made];
  }

  focus() {
    const first = /** @type {HTMLElement|null} */ (this.root.querySelector("a, button"));
    if (first) first.focus();
  }
}

/**
 * @param {string|undefined} pattern
 * @param {Record<string, string|number>} values
 */
function fill(pattern, values) {
  return (pattern || "").replace(/\{(\w+)\}/g, (gap, name) => String(values[name] ?? gap));
}

/**
 * @param {string} act
 * @param {string} text
 * @param {Record<string, string>} data
 * @returns {HTMLElement} a button that does an action of `address.js`
 */
function actor(act, text, data) {
  const made = element("button", "button quiet", text);
  made.setAttribute("type", "button");
  Object.assign(made.dataset, { act, ...data });
  return made;
}

/** @param {import("./data.js").PanelData} data */
function textsOf(data) {
  return new Map(data.nodes.map((node) => [node.id, node]));
}

/** @param {import("./data.js").PanelData} data */
function linesOf(data) {
  return new Map(data.lines.map((line) => [line.id, line]));
}
