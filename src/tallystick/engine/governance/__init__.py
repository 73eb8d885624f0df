"""How two organisations speak, meet and decide: cadences, responsibilities, figures."""
