"""Pages of risks: the register, each risk, contingency plans, simulations."""
