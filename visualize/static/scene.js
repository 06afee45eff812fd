/**
 * The picture: vis-network over two data sets, seen through filters by kind. Positions come
 * from the server; here they are only stretched to the shape of the canvas and fitted.
 */
import { bends } from "./bends.js";
import { frameOf } from "./frame.js";
import { Faint, changed, filled } from "./looks.js";
import { paintOver } from "./overlay.js";
import { Sight } from "./sight.js";
import { onTheme, theme } from "./theme.js";

/** @typedef {import("./data.js").GraphNode} GraphNode */
/** @typedef {import("./data.js").GraphEdge} GraphEdge */
/** @typedef {import("./labels.js").Box} Box */

const LEAST_RADIUS = 8;
const CROSS = 0.25;

export class Scene extends Sight {
  /**
   * @param {HTMLElement} container
   * @param {{nodes: GraphNode[], edges: GraphEdge[], options: object}} page
   * @param {string} [center] the node in the middle, without it the one at 0, 0
   */
  constructor(container, page, center = "") {
    super(page, center);
    const vis = /** @type {any} */ (globalThis).vis;
    this.container = container;
    this.faint = new Faint();
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
    /** @type {((edge: GraphEdge) => boolean)|null} which lines stay clear, null for all */
    this.stays = null;
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
    const nodes = new Map(page.nodes.map((node) => [node.id, node]));
    const edges = new Map(page.edges.map((edge) => [edge.id, edge]));
    const fresh = { nodes: changed(page.nodes, this.given), edges: changed(page.edges, this.edgesById) };
    const gone = [...this.given.keys()].filter((id) => !nodes.has(id));
    const lost = [...this.edgesById.keys()].filter((id) => !edges.has(id));
    const both = [...edges].filter(([id]) => this.edgesById.has(id));
    this.hold(center, new Map([...nodes].filter(([id]) => this.given.has(id))), new Map(both));
    this.edges.remove(lost);
    this.nodes.remove(gone); // what is painted meanwhile is only what stands in both
    this.faint.forget([...gone, ...lost, ...fresh.edges.map((edge) => edge.id)]);
    const [{ x, y }, grown, halo] = [this.stretch, this.grown, this.colours?.halo || ""];
    this.nodes.update(fresh.nodes.map((n) => ({ ...n, ...filled(n, halo), x: n.x * x, y: n.y * y, size: n.size * grown })));
    this.hold(center, nodes, this.edgesById);
    this.edges.update(fresh.edges.map((e) => ({ ...e, width: e.width * grown, color: { ...e.color, opacity: 1 } })));
    this.hold(center, nodes, edges);
    this.bend();
    if (moved || !this.holdsAll()) this.fit();
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
    const { halo } = this.colours;
    this.nodes.update(hollow.map((node) => ({ id: node.id, ...filled(node, halo) })));
    this.network.redraw();
  }

  /** Show what is in sight, after that has changed. */
  reach() {
    super.reach();
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
    this.bend();
  }

  /** Lead lines around the marks that they would run through. */
  bend() {
    const at = this.network.getPositions();
    const bodies = this.shown().map(({ id, size }) => ({ id, ...at[id], radius: size * this.grown }));
    const lines = [...this.edgesById.values()].map((edge) => ({ ...edge, smooth: edge.usual || edge.smooth }));
    const bent = [];
    for (const [id, smooth] of bends(lines, bodies)) {
      const edge = /** @type {GraphEdge} */ (this.edgesById.get(id));
      if (JSON.stringify(edge.smooth) === JSON.stringify(smooth)) continue;
      edge.usual ||= edge.smooth;
      edge.smooth = smooth;
      bent.push({ id, smooth });
    }
    this.edges.update(bent);
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

  /** @param {string|null} id a node, or null for none @param {number} [steps] what stays clear around it */
  select(id, steps = 1) {
    this.selected = id;
    this.selectedEdge = null;
    if (!id) return this.dim(null);
    const inner = new Set(steps === 2 ? this.around(id) : [id]);
    const near = new Set([...inner].flatMap((one) => [...this.around(one)]));
    this.dim(near, (edge) => inner.has(edge.from) || inner.has(edge.to));
    this.reveal(id);
  }

  /** @param {string} id a node that is moved into sight if it is out of it */
  reveal(id) {
    const { clientWidth: width, clientHeight: height } = this.container;
    if (!width || !this.given.has(id)) return;
    const { x, y } = this.place(id);
    if (x > 8 && y > 8 && x < width - 8 && y < height - 8) return;
    this.network.moveTo({ position: this.network.getPosition(id), animation: false });
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

  /**
   * Fade what does not belong to the selection; nothing is removed.
   *
   * @param {Set<string>|null} near the nodes that stay clear, null for all
   * @param {(edge: GraphEdge) => boolean} [stays] the lines that stay clear; without it all
   */
  dim(near, stays) {
    this.near = near;
    this.stays = (near && stays) || null;
    const nodes = [...this.given.keys()].map((id) => ({ id, opacity: !near || near.has(id) ? 1 : 0.25 }));
    const edges = [...this.edgesById.values()].map((edge) => ({
      id: edge.id,
      color: { ...edge.color, opacity: this.isClear(edge) ? (near || !edge.cross ? 1 : CROSS) : 0.15 },
    }));
    this.nodes.update(nodes.filter(({ id, opacity }) => this.faint.turns(id, opacity)));
    this.edges.update(edges.filter(({ id, color }) => this.faint.turns(id, color.opacity)));
    this.network.redraw();
  }

  /** @param {GraphEdge} edge */
  isClear(edge) {
    return !this.stays || this.stays(edge);
  }

  /** @param {string} id @returns {{x: number, y: number}} where a node stands on screen */
  place(id) {
    return this.network.canvasToDOM(this.network.getPosition(id));
  }
}
