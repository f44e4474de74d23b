"""The use-cases: each loads, computes, saves and returns a value that a document can be made from."""
