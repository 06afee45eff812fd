/** What the server is asked for by the map and the matrix: JSON, the newest question only. */

/** @typedef {import("./address.js").State} State */

export class Asked {
  constructor() {
    /** @type {AbortController|null} */
    this.pending = null;
  }

  /**
   * @param {string} path
   * @returns {Promise<any>} the answer, or null if a later question took its place
   */
  async get(path) {
    this.pending?.abort();
    const mine = new AbortController();
    this.pending = mine;
    try {
      const answer = await fetch(path, { headers: { Accept: "application/json" }, signal: mine.signal });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const found = await answer.json();
      return mine.signal.aborted ? null : found;
    } catch (error) {
      if (mine.signal.aborted) return null;
      throw error;
    }
  }
}

/**
 * The filters of a scene as parameters.
 *
 * @param {State} state
 * @returns {URLSearchParams}
 */
export function filters(state) {
  const query = new URLSearchParams();
  for (const kind of state.hidden) query.append("hide", kind);
  for (const kind of state.without) query.append("without", kind);
  if (state.from) query.set("from", state.from);
  if (state.to) query.set("to", state.to);
  if (!state.undated) query.set("undated", "no");
  if (state.lang) query.set("lang", state.lang);
  return query;
}
