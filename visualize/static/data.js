/**
 * What the page hands over: data blocks, never code.
 *
 * @typedef {{id: string, label: string, kind: string, x: number, y: number, size: number,
 *   hollow: boolean, left?: number, color: {border: string}}} GraphNode
 * @typedef {{id: string, from: string, to: string, kind: string, count: number,
 *   width: number, cross?: boolean, smooth?: {enabled: boolean, type?: string, roundness?: number},
 *   usual?: {enabled: boolean, type?: string, roundness?: number}, spans?: ([number, number]|null)[], color: {color: string}}} GraphEdge
 * @typedef {{relation: string, facts: string[], note: string|null, quote: string|null,
 *   cite: string[], url: string|null}} Said
 * @typedef {{id: string, kind: string, name: string, also: string[], open: string|null,
 *   ask: string|null, code?: string, neighbours?: number, worth?: string, page?: string|null,
 *   left?: [string, string, number, number][]}} NodeText
 * @typedef {{nodes: NodeText[], lines: {id: string, years?: string, said: Said[]}[],
 *   words: Record<string, string>, selected: string, canvas: Record<string, string>,
 *   selection: string, patterns?: Record<string, string>, route?: string[]}} PanelData
 */

/**
 * @param {string} id of a data block
 * @returns {any} what it holds, or null if the page has none
 */
function block(id) {
  const found = document.getElementById(id);
  return found ? JSON.parse(found.textContent || "null") : null;
}

/** @returns {{nodes: GraphNode[], edges: GraphEdge[], options: object, panel: PanelData|null}} */
export function readPage() {
  return {
    nodes: block("graph-nodes"),
    edges: block("graph-edges"),
    options: block("graph-options"),
    panel: block("graph-panel"),
  };
}

/**
 * A link into our own pages or to a source on the web; anything else is refused.
 *
 * @param {string|null} address
 * @returns {string|null}
 */
export function safeLink(address) {
  if (!address) return null;
  const own = address.startsWith("/") && !address.startsWith("//") && !address.startsWith("/\\");
  return own || /^https?:\/\//i.test(address) ? address : null;
}

/**
 * @param {string} tag
 * @param {string} className
 * @param {string} [text] set as text, never as HTML
 * @returns {HTMLElement}
 */
export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
