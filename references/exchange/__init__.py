"""Works in and out: RIS, BibTeX and CSL-JSON; importing them with a plan; merging; and the tags that reference managers find on pages."""
