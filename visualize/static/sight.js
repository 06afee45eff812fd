/** What of a scene is in sight: its marks and lines under filters by kind and, in a file, by years. */

/** @typedef {import("./data.js").GraphNode} GraphNode */
/** @typedef {import("./data.js").GraphEdge} GraphEdge */

export class Sight {
  /**
   * @param {{nodes: GraphNode[], edges: GraphEdge[]}} page
   * @param {string} [center] the node in the middle, without it the one at 0, 0
   */
  constructor(page, center = "") {
    this.center = center || page.nodes.find((node) => node.x === 0 && node.y === 0)?.id || "";
    this.given = new Map(page.nodes.map((node) => [node.id, node]));
    this.edgesById = new Map(page.edges.map((edge) => [edge.id, edge]));
    this.hiddenKinds = { node: new Set(), line: new Set() };
    this.years = { from: -Infinity, to: Infinity, undated: true };
    /** @type {Set<string>|null} what hangs on the centre under the filters, null without any */
    this.reached = null;
  }

  /**
   * @param {string} center
   * @param {Map<string, GraphNode>} nodes
   * @param {Map<string, GraphEdge>} edges
   */
  hold(center, nodes, edges) {
    this.center = center;
    this.given = nodes;
    this.edgesById = edges;
  }

  /**
   * @param {"node"|"line"} what
   * @param {string} kind
   * @param {boolean} hide
   */
  hide(what, kind, hide) {
    this.hiddenKinds[what][hide ? "add" : "delete"](kind);
    this.reach();
  }

  /** @param {{from?: number, to?: number, undated?: boolean}} years both inclusive */
  within(years) {
    this.years = { ...this.years, ...years };
    this.reach();
  }

  /** Find what still hangs on the centre: what hung on something hidden goes with it. */
  reach() {
    this.reached = null;
    /** @type {Map<string, string[]>} */
    const next = new Map();
    for (const edge of this.edgesById.values()) {
      if (!this.showsEdge(edge)) continue;
      for (const [one, other] of [[edge.from, edge.to], [edge.to, edge.from]]) {
        next.set(one, [...(next.get(one) || []), other]);
      }
    }
    const found = new Set([this.center]);
    for (const id of found) for (const other of next.get(id) || []) found.add(other);
    this.reached = found;
  }

  /** @param {GraphNode} node */
  showsNode(node) {
    if (node.id === this.center) return true;
    return !this.hiddenKinds.node.has(node.kind) && (!this.reached || this.reached.has(node.id));
  }

  /** @param {GraphEdge} edge */
  showsEdge(edge) {
    const ends = [edge.from, edge.to].map((end) => this.given.get(end));
    const told = !edge.spans || edge.spans.some((span) => this.inYears(span));
    return told && !this.hiddenKinds.line.has(edge.kind) && ends.every((end) => end && this.showsNode(end));
  }

  /** @param {[number, number]|null|undefined} span the years of a statement, null if it has none */
  inYears(span) {
    if (!span) return this.years.undated;
    return span[0] <= this.years.to && span[1] >= this.years.from;
  }

  /** @param {GraphEdge} edge @param {number} at @returns {boolean} whether a line's statement is in sight */
  says(edge, at) {
    return !edge.spans || this.inYears(edge.spans[at]);
  }

  /** @param {GraphEdge} edge @returns {number} how many it stands for, of the years in sight */
  countOf(edge) {
    if (!edge.spans || edge.spans.length !== edge.count) return edge.count;
    return edge.spans.filter((span) => this.inYears(span)).length;
  }

  /** @returns {GraphNode[]} */
  shown() {
    return [...this.given.values()].filter((node) => this.showsNode(node));
  }

  /** @param {string} id @returns {Set<string>} a node and its visible neighbours */
  around(id) {
    const near = new Set([id]);
    for (const edge of this.linesOf(id)) near.add(edge.from === id ? edge.to : edge.from);
    return near;
  }

  /** @param {string} id @returns {GraphEdge[]} the visible lines of a node */
  linesOf(id) {
    return [...this.edgesById.values()].filter(
      (edge) => (edge.from === id || edge.to === id) && this.showsEdge(edge),
    );
  }

  /** @param {GraphNode} node */
  isCenter(node) {
    return node.id === this.center;
  }
}
