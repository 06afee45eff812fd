/** What looks otherwise than before: vis-network is told of that alone, for telling it costs most. */

/**
 * @template {{id: string}} T
 * @param {T[]} items
 * @param {Map<string, T>} known
 * @returns {T[]} those that are not known, or not as they are
 */
export function changed(items, known) {
  return items.filter((item) => JSON.stringify(item) !== JSON.stringify(known.get(item.id)));
}

/**
 * @param {import("./data.js").GraphNode} node
 * @param {string} ground
 * @returns {object} the colours of a mark that the ground shows through; none for others
 */
export function filled(node, ground) {
  if (!node.hollow) return {};
  const colour = { background: ground, border: node.color.border };
  return { color: { ...colour, highlight: colour, hover: colour } };
}

/** How faint marks and lines are, by id; those that it does not know are not. */
export class Faint {
  constructor() {
    /** @type {Map<string, number>} */
    this.known = new Map();
  }

  /** @param {Iterable<string>} ids of what has gone or is drawn anew */
  forget(ids) {
    for (const id of ids) this.known.delete(id);
  }

  /**
   * @param {string} id
   * @param {number} opacity
   * @returns {boolean} whether it was another
   */
  turns(id, opacity) {
    if ((this.known.get(id) ?? 1) === opacity) return false;
    this.known.set(id, opacity);
    return true;
  }
}
