"""What noise costs and who counts it: the accountant, the sampler, the ledger."""
