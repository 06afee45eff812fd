"""The domain's questions, each written once over the store contract."""
