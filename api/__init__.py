"""How facts get out over HTTP: `/v1`, read only, and the pages."""
