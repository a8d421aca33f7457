"""Whether a merchant may proceed, by the clauses."""
