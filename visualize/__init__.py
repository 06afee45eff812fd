"""How a subgraph and an answer look: pictures and pages. It never meets a store."""
