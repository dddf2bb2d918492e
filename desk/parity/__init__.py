"""The parity report: how the two languages fare, in figures, for the Welsh-language standards."""
