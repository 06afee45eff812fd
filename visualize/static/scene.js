/**
 * The picture: vis-network over two data sets, seen through filters by kind. Positions come
 * from the server; here they are only stretched to the shape of the canvas and fitted.
 */
import { frameOf } from "./frame.js";
import { paintOver } from "./overlay.js";
import { onTheme, theme } from "./theme.js";

/** @typedef {import("./data.js").GraphNode} GraphNode */
/** @typedef {import("./data.js").GraphEdge} GraphEdge */
/** @typedef {import("./labels.js").Box} Box */

const LEAST_RADIUS = 8;
const CROSS = 0.25;

export class Scene {
  /**
   * @param {HTMLElement} container
   * @param {{nodes: GraphNode[], edges: GraphEdge[], options: object}} page
   * @param {string} [center] the node in the middle, without it the one at 0, 0
   */
  constructor(container, page, center = "") {
    const vis = /** @type {any} */ (globalThis).vis;
    this.container = container;
    this.center = center || page.nodes.find((node) => node.x === 0 && node.y === 0)?.id || "";
    this.given = new Map(page.nodes.map((node) => [node.id, node]));
    this.edgesById = new Map(page.edges.map((edge) => [edge.id, edge]));
    this.hiddenKinds = { node: new Set(), line: new Set() };
    this.nodes = new vis.DataSet(page.nodes);
    this.edges = new vis.DataSet(page.edges);
    this.nodeView = new vis.DataView(this.nodes, { filter: (/** @type {GraphNode} */ n) => this.showsNode(n) });
    this.edgeView = new vis.DataView(this.edges, { filter: (/** @type {GraphEdge} */ e) => this.showsEdge(e) });
    /** @type {string|null} */
    this.selected = null;
    /** @type {string|null} */
    this.selectedEdge = null;
    /** @type {Set<string>|null} */
    this.near = null;
    /** @type {string|null} */
    this.hovered = null;
    /** @type {Map<string, Box>} */
    this.boxes = new Map();
    /** @type {Box[]} */
    this.badges = [];
    this.stretch = { x: 1, y: 1 };
    this.grown = 1;
    this.network = new vis.Network(container, { nodes: this.nodeView, edges: this.edgeView }, page.options);
    this.network.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ c) => paintOver(this, c));
    this.network.on("zoom", () => this.grow());
    this.quiet();
    this.recolour();
    onTheme(() => this.recolour());
    this.fit();
  }

  /**
   * Show another scene: what stands in both stays where it is, newcomers join it.
   *
   * @param {{nodes: GraphNode[], edges: GraphEdge[]}} page
   * @param {string} center
   */
  take(page, center) {
    const moved = center !== this.center;
    this.center = center;
    const nodes = new Map(page.nodes.map((node) => [node.id, node]));
    const edges = new Map(page.edges.map((edge) => [edge.id, edge]));
    const gone = [...this.given.keys()].filter((id) => !nodes.has(id));
    this.given = new Map([...nodes].filter(([id]) => this.given.has(id)));
    const lost = [...this.edgesById.keys()].filter((id) => !edges.has(id));
    this.edgesById = new Map([...edges].filter(([id]) => this.edgesById.has(id)));
    this.edges.remove(lost);
    this.nodes.remove(gone); // what is painted meanwhile is only what stands in both
    const { x, y } = this.stretch;
    this.nodes.update(page.nodes.map((n) => ({ ...n, x: n.x * x, y: n.y * y, size: n.size * this.grown })));
    this.given = nodes;
    this.edges.update(page.edges.map((e) => ({ ...e, width: e.width * this.grown })));
    this.edgesById = edges;
    this.recolour();
    if (moved || !this.holdsAll()) this.fit();
    else this.network.redraw();
  }

  /** @returns {boolean} whether every mark is within the canvas */
  holdsAll() {
    const { clientWidth: width, clientHeight: height } = this.container;
    return this.shown().every(({ id }) => {
      const { x, y } = this.place(id);
      return x > 0 && y > 0 && x < width && y < height;
    });
  }

  /** The canvas is in sight again and may have another size. */
  shownAgain() {
    this.network.setSize("100%", "100%");
    if (!this.holdsAll()) this.fit();
    this.network.redraw();
  }

  /** Take vis's own tab stop away: the wrapper has the name and the keys. */
  quiet() {
    this.container.querySelectorAll("[tabindex]").forEach((part) => part.removeAttribute("tabindex"));
    this.container.querySelectorAll("canvas").forEach((part) => part.setAttribute("aria-hidden", "true"));
  }

  recolour() {
    this.colours = theme();
    const hollow = [...this.given.values()].filter((node) => node.hollow);
    const fill = { background: this.colours.halo };
    this.nodes.update(
      hollow.map((node) => {
        const colour = { ...fill, border: node.color.border };
        return { id: node.id, color: { ...colour, highlight: colour, hover: colour } };
      }),
    );
    this.network.redraw();
  }

  /** @param {GraphNode} node */
  showsNode(node) {
    return !this.hiddenKinds.node.has(node.kind);
  }

  /** @param {GraphEdge} edge */
  showsEdge(edge) {
    const ends = [edge.from, edge.to].map((end) => this.given.get(end));
    return !this.hiddenKinds.line.has(edge.kind) && ends.every((end) => end && this.showsNode(end));
  }

  /** @param {GraphNode} node */
  isCenter(node) {
    return node.id === this.center;
  }

  /** @returns {GraphNode[]} */
  shown() {
    return [...this.given.values()].filter((node) => this.showsNode(node));
  }

  /**
   * @param {"node"|"line"} what
   * @param {string} kind
   * @param {boolean} hide
   */
  hide(what, kind, hide) {
    this.hiddenKinds[what][hide ? "add" : "delete"](kind);
    this.nodeView.refresh();
    this.edgeView.refresh();
  }

  /** Show all that is visible, with room for the labels at the sides. */
  fit() {
    const frame = frameOf(this.shown(), this.container);
    if (!frame) return;
    this.reshape(frame.stretch.x, frame.stretch.y);
    this.network.moveTo({ position: frame.position, scale: frame.scale, animation: false });
    this.grow();
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  reshape(x, y) {
    if (Math.abs(x - this.stretch.x) + Math.abs(y - this.stretch.y) < 0.02) return;
    this.stretch = { x, y };
    this.nodes.update([...this.given.values()].map((n) => ({ id: n.id, x: n.x * x, y: n.y * y })));
  }

  /** Keep marks from becoming too small to see or press when zoomed out. */
  grow() {
    const grown = Math.min(3, Math.max(1, LEAST_RADIUS / (11 * this.network.getScale())));
    if (Math.abs(grown - this.grown) < 0.08) return;
    this.grown = grown;
    this.nodes.update([...this.given.values()].map((n) => ({ id: n.id, size: n.size * grown })));
    this.edges.update([...this.edgesById.values()].map((e) => ({ id: e.id, width: e.width * grown })));
  }

  /** @param {number} factor */
  zoom(factor) {
    const scale = Math.min(4, Math.max(0.1, this.network.getScale() * factor));
    this.network.moveTo({ scale, animation: false });
    this.grow();
  }

  /** @param {string|null} id a node, or null for none */
  select(id) {
    this.selected = id;
    this.selectedEdge = null;
    this.dim(id ? this.around(id) : null);
  }

  /** @param {string} id */
  selectEdge(id) {
    const edge = this.edgesById.get(id);
    this.selected = null;
    this.selectedEdge = id;
    this.dim(edge ? new Set([edge.from, edge.to]) : null, (one) => one.id === id);
  }

  /** @param {string[]} route nodes of a path: it stays clear, all else fades */
  trace(route) {
    this.selected = null;
    this.selectedEdge = null;
    const hops = new Set(route.slice(1).flatMap((id, i) => [`${route[i]} ${id}`, `${id} ${route[i]}`]));
    this.dim(new Set(route), (edge) => hops.has(`${edge.from} ${edge.to}`));
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

  /**
   * Fade what does not belong to the selection; nothing is removed.
   *
   * @param {Set<string>|null} near the nodes that stay clear, null for all
   * @param {(edge: GraphEdge) => boolean} [stays] the lines that stay clear; else those of the selection
   */
  dim(near, stays) {
    this.near = near;
    const clear = (/** @type {GraphEdge} */ edge) =>
      !near || (stays ? stays(edge) : edge.from === this.selected || edge.to === this.selected);
    this.nodes.update([...this.given.keys()].map((id) => ({ id, opacity: !near || near.has(id) ? 1 : 0.25 })));
    this.edges.update(
      [...this.edgesById.values()].map((edge) => ({
        id: edge.id,
        color: { ...edge.color, opacity: clear(edge) ? (near || !edge.cross ? 1 : CROSS) : 0.15 },
      })),
    );
    this.network.redraw();
  }

  /** @param {string} id @returns {{x: number, y: number}} where a node stands on screen */
  place(id) {
    return this.network.canvasToDOM(this.network.getPosition(id));
  }
}
