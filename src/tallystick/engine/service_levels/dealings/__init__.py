"""How two parties deal with figures: their answers, claims of relief, corrections and credits."""
