"""The pages of treaties, laws, scores and drafting."""
