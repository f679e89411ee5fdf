"""The rules of excitation backprop: how each kind of layer hands mass to its inputs (algorithms 2.2)."""
